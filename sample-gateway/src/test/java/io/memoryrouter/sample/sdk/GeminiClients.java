package io.memoryrouter.sample.sdk;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;

/**
 * The SDK of Google.
 */
final class GeminiClients {

	private GeminiClients() {
	}

	/**
	 * Sets the SDK up. It adds the version segment itself.
	 * @param gateway where the gateway is, without a path
	 * @param credentials the keys
	 * @return the client
	 */
	static Client connect(String gateway, Credentials credentials) {
		return Client.builder()
			.apiKey(credentials.apiKey())
			.httpOptions(HttpOptions.builder()
				.baseUrl(gateway)
				.headers(credentials.headers())
				.retryOptions(HttpRetryOptions.builder().attempts(1).build())
				.build())
			.build();
	}

	/** Generation of content. */
	record Content(Client client) implements ChatClient {

		@Override
		public String ask(String model, String text) {
			return this.client.models.generateContent(model, text, null).text();
		}

		@Override
		public String stream(String model, String text) {
			StringBuilder all = new StringBuilder();
			try (ResponseStream<GenerateContentResponse> responses = this.client.models.generateContentStream(model,
					text, null)) {
				responses.forEach((response) -> all.append(response.text()));
			}
			return all.toString();
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

}
