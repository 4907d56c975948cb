package io.memoryrouter.gateway;

import java.net.http.HttpRequest;

import io.memoryrouter.gateway.testing.TestGateway;

/**
 * A request of each API family, and where its provider looks for a key.
 */
enum Endpoint {

	CHAT("/v1/chat/completions", message("openai"), "Authorization", true),

	AZURE("/v1/chat/completions", message("azure"), "api-key", true),

	RESPONSES("/v1/responses", "{\"model\":\"openai/m\",\"input\":\"What breed is my dog?\"}", "Authorization", true),

	MESSAGES("/v1/messages", message("anthropic"), "x-api-key", true),

	GEMINI("/v1beta/models/google/m:generateContent",
			"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What breed is my dog?\"}]}]}", "x-goog-api-key",
			true),

	EMBEDDINGS("/v1/embeddings", "{\"model\":\"openai/m\",\"input\":\"a\"}", "Authorization", false);

	final String path;

	final String body;

	final String credential;

	final boolean remembers;

	Endpoint(String path, String body, String credential, boolean remembers) {
		this.path = path;
		this.body = body;
		this.credential = credential;
		this.remembers = remembers;
	}

	private static String message(String provider) {
		return "{\"model\":\"" + provider
				+ "/m\",\"messages\":[{\"role\":\"user\",\"content\":\"What breed is my dog?\"}]}";
	}

	HttpRequest.Builder request(TestGateway gateway, String query) {
		return gateway.post(this.path + query, this.body);
	}

}
