package io.memoryrouter.sample.sdk;

import java.util.HashMap;
import java.util.Map;

/**
 * What a client is set up with.
 *
 * @param apiKey what it takes for its key
 * @param headers more headers
 */
record Credentials(String apiKey, Map<String, String> headers) {

	/**
	 * The provider's key where the SDK puts it, the Memory Key in a header of its own.
	 */
	static Credentials dropIn(String memoryKey, String providerKey) {
		return new Credentials(providerKey, Map.of("X-Memory-Key", memoryKey));
	}

	/** The Memory Key where the SDK puts its key, the provider's in a header of ours. */
	static Credentials explicit(String memoryKey, String providerKey) {
		return new Credentials(memoryKey, Map.of("X-Provider-Key", providerKey));
	}

	/** The Memory Key alone: somebody else has the provider's. */
	static Credentials memoryKeyAlone(String memoryKey) {
		return new Credentials(memoryKey, Map.of());
	}

	/**
	 * Adds a header.
	 * @param name the name
	 * @param value the value
	 * @return what holds it too
	 */
	Credentials with(String name, String value) {
		Map<String, String> all = new HashMap<>(this.headers);
		all.put(name, value);
		return new Credentials(this.apiKey, all);
	}

}
