package io.memoryrouter.sample.sdk;

import java.util.stream.Collectors;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;

/**
 * The SDK of Anthropic.
 */
final class AnthropicClients {

	private AnthropicClients() {
	}

	/**
	 * Sets the SDK up. It adds the version segment itself.
	 * @param gateway where the gateway is, without a path
	 * @param credentials the keys
	 * @return the client
	 */
	static AnthropicClient connect(String gateway, Credentials credentials) {
		AnthropicOkHttpClient.Builder builder = AnthropicOkHttpClient.builder()
			.baseUrl(gateway)
			.apiKey(credentials.apiKey())
			.maxRetries(0);
		credentials.headers().forEach(builder::putHeader);
		return builder.build();
	}

	static String text(Message message) {
		return message.content()
			.stream()
			.flatMap((block) -> block.text().stream())
			.map((block) -> block.text())
			.collect(Collectors.joining());
	}

	/** Messages. */
	record Messages(AnthropicClient client) implements ChatClient {

		@Override
		public String ask(String model, String text) {
			return text(this.client.messages().create(params(model, text)));
		}

		@Override
		public String stream(String model, String text) {
			try (StreamResponse<RawMessageStreamEvent> events = this.client.messages()
				.createStreaming(params(model, text))) {
				return events.stream()
					.flatMap((event) -> event.contentBlockDelta().stream())
					.flatMap((event) -> event.delta().text().stream())
					.map((delta) -> delta.text())
					.collect(Collectors.joining());
			}
		}

		private static MessageCreateParams params(String model, String text) {
			return MessageCreateParams.builder().model(model).maxTokens(64).addUserMessage(text).build();
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

}
