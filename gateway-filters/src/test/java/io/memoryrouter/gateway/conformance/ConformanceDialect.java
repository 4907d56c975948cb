package io.memoryrouter.gateway.conformance;

import io.memoryrouter.gateway.testing.GatewayExtension;

/**
 * A dialect that is tested. Its corpus is in {@code conformance/} and its folder's name.
 */
enum ConformanceDialect {

	OPENAI_CHAT("openai-chat", "openai", "/v1/chat/completions"),

	OPENAI_RESPONSES("openai-responses", "openai", "/v1/responses"),

	ANTHROPIC_MESSAGES("anthropic-messages", "anthropic", "/v1/messages"),

	GEMINI("gemini", "google", "/v1beta/models/google/gemini-2.5-flash:generateContent",
			"/v1beta/models/google/gemini-2.5-flash:streamGenerateContent?alt=sse");

	private final String folder;

	private final String provider;

	private final String path;

	private final String streamPath;

	ConformanceDialect(String folder, String provider, String path) {
		this(folder, provider, path, path);
	}

	/**
	 * A dialect whose streams have a path of their own.
	 * @param folder the name of its folder
	 * @param provider the provider that its requests go to
	 * @param path where a request goes, without its version segment's prefix
	 * @param streamPath where a request for a stream goes
	 */
	ConformanceDialect(String folder, String provider, String path, String streamPath) {
		this.folder = folder;
		this.provider = provider;
		this.path = path;
		this.streamPath = streamPath;
	}

	String folder() {
		return this.folder;
	}

	String provider() {
		return this.provider;
	}

	String path() {
		return this.path;
	}

	String streamPath() {
		return this.streamPath;
	}

	/**
	 * Lets all dialects' requests go to a gateway's provider.
	 * @param gateway the gateway
	 * @return the same gateway
	 */
	static GatewayExtension all(GatewayExtension gateway) {
		for (ConformanceDialect dialect : values()) {
			gateway.provider(dialect.provider, dialect.path.substring(0, dialect.path.indexOf('/', 1)));
		}
		return gateway;
	}

	@Override
	public String toString() {
		return this.folder;
	}

}
