package io.memoryrouter.gateway.chat.body;

/**
 * Where in a request the block of memories goes.
 */
public enum Placement {

	/**
	 * At the end of the last user message: all before it stays in the provider's prompt
	 * cache. The default.
	 */
	USER_SUFFIX,

	/** At the beginning of the last user message. */
	USER_PREFIX,

	/**
	 * At the end of the system instructions. Where the provider takes none beside what it
	 * has cached (Gemini's {@code cachedContent}), at the end of the last user message.
	 */
	SYSTEM_APPEND,

	/**
	 * At the beginning of the system instructions; as above, else of the last user
	 * message.
	 */
	SYSTEM_PREPEND

}
