package io.memoryrouter.sample.sdk;

/**
 * What every SDK can do.
 */
interface ChatClient extends AutoCloseable {

	/**
	 * Sends one message and waits for the answer.
	 * @param model the model
	 * @param text the message
	 * @return the text of the answer
	 */
	String ask(String model, String text);

	/**
	 * Sends one message and reads the answer as it comes.
	 * @param model the model
	 * @param text the message
	 * @return the text of all events
	 */
	String stream(String model, String text);

	@Override
	void close();

}
