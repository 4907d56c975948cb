package io.memoryrouter.gateway.context;

/**
 * For how long a user's message gets the block of memories again that it was given first.
 * A provider's prompt cache works as far as a request begins like one before it.
 */
public enum Sticky {

	/**
	 * For its turn: as long as the steps of a tool loop send it as the last user message.
	 * In the next turn it goes without, as the client knows it; from there on the prompt
	 * cache is of no use once. The default.
	 */
	TURN,

	/**
	 * For the conversation: also when it comes back in the history of later turns. The
	 * prompt cache stays good all the way, for the price of the tokens of earlier blocks.
	 * For the placements in user messages only.
	 */
	SESSION

}
