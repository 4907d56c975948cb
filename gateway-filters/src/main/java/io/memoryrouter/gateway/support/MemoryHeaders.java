package io.memoryrouter.gateway.support;

import java.util.Locale;

/**
 * The names of this product's headers.
 */
public final class MemoryHeaders {

	/** Request: a Memory Key. */
	public static final String MEMORY_KEY = "X-Memory-Key";

	/** Request: the provider's key for this one call. */
	public static final String PROVIDER_KEY = "X-Provider-Key";

	/** Request: the provider, where no model names it. */
	public static final String PROVIDER = "X-Provider";

	/** Request and response: the conversation. */
	public static final String SESSION_ID = "X-Session-ID";

	/** Request: the mode that is asked for. Response: the one in force. */
	public static final String MODE = "X-Memory-Mode";

	/** Request: whether to store the user's message. */
	public static final String STORE = "X-Memory-Store";

	/** Request: whether to store the assistant's text. */
	public static final String STORE_RESPONSE = "X-Memory-Store-Response";

	/** Request: the greatest number of memories. */
	public static final String CONTEXT_LIMIT = "X-Memory-Context-Limit";

	/** Request: where to search. */
	public static final String SCOPE = "X-Memory-Scope";

	/** Request: whether receipts carry texts. */
	public static final String DEBUG = "X-Memory-Debug";

	/** Response: what became of memory, see {@link MemoryOutcome}. */
	public static final String OUTCOME = "X-Memory-Outcome";

	/** Response: how many memories were found. */
	public static final String CHUNKS_RETRIEVED = "X-Memory-Chunks-Retrieved";

	/** Response: the size of what was put in, in tokens. */
	public static final String TOKENS_INJECTED = "X-Memory-Tokens-Injected";

	/** Response: the id of the receipt. */
	public static final String RECEIPT = "X-Memory-Receipt";

	/** Response: the provider that was called. */
	public static final String PROVIDER_DETECTED = "X-Provider-Detected";

	/** Response: the time that embedding the question took, in milliseconds. */
	public static final String EMBEDDING_TIME = "X-Embedding-Ms";

	/** Response: the time that the rest of the recall took, in milliseconds. */
	public static final String RETRIEVAL_TIME = "X-Memory-Retrieval-Ms";

	/** Response: all the time before the provider was called, in milliseconds. */
	public static final String OVERHEAD_TIME = "X-MR-Overhead-Ms";

	private static final String FAMILY = "x-memory-";

	private MemoryHeaders() {
	}

	/**
	 * Whether a request header is this product's and never reaches a provider.
	 * @param name the name, in any case
	 * @return whether it is taken out before forwarding
	 */
	public static boolean isOwn(String name) {
		return isMemoryHeader(name) || SESSION_ID.equalsIgnoreCase(name) || PROVIDER.equalsIgnoreCase(name)
				|| PROVIDER_KEY.equalsIgnoreCase(name);
	}

	/**
	 * Whether a header's name begins with {@code X-Memory-}.
	 * @param name the name, in any case
	 * @return whether it does
	 */
	static boolean isMemoryHeader(String name) {
		return name.length() > FAMILY.length()
				&& name.substring(0, FAMILY.length()).toLowerCase(Locale.ROOT).equals(FAMILY);
	}

}
