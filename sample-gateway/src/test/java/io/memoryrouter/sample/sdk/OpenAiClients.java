package io.memoryrouter.sample.sdk;

import java.util.stream.Collectors;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;

/**
 * The SDK of OpenAI, for both of its dialects.
 */
final class OpenAiClients {

	private OpenAiClients() {
	}

	/**
	 * Sets the SDK up. Answers that lack something the SDK asks for are errors.
	 * @param gateway where the gateway is, without a path
	 * @param credentials the keys
	 * @return the client
	 */
	static OpenAIClient connect(String gateway, Credentials credentials) {
		OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder()
			.baseUrl(gateway + "/v1")
			.apiKey(credentials.apiKey())
			.responseValidation(true)
			.maxRetries(0);
		credentials.headers().forEach(builder::putHeader);
		return builder.build();
	}

	static String text(Response response) {
		return response.output()
			.stream()
			.flatMap((item) -> item.message().stream())
			.flatMap((message) -> message.content().stream())
			.flatMap((content) -> content.outputText().stream())
			.map((part) -> part.text())
			.collect(Collectors.joining());
	}

	/** Chat Completions. */
	record Chat(OpenAIClient client) implements ChatClient {

		@Override
		public String ask(String model, String text) {
			return this.client.chat()
				.completions()
				.create(params(model, text))
				.choices()
				.get(0)
				.message()
				.content()
				.orElseThrow();
		}

		@Override
		public String stream(String model, String text) {
			try (StreamResponse<ChatCompletionChunk> chunks = this.client.chat()
				.completions()
				.createStreaming(params(model, text))) {
				return chunks.stream()
					.flatMap((chunk) -> chunk.choices().stream())
					.flatMap((choice) -> choice.delta().content().stream())
					.collect(Collectors.joining());
			}
		}

		private static ChatCompletionCreateParams params(String model, String text) {
			return ChatCompletionCreateParams.builder().model(model).addUserMessage(text).build();
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

	/** Responses. */
	record Responses(OpenAIClient client) implements ChatClient {

		@Override
		public String ask(String model, String text) {
			return text(this.client.responses().create(params(model, text)));
		}

		@Override
		public String stream(String model, String text) {
			try (StreamResponse<ResponseStreamEvent> events = this.client.responses()
				.createStreaming(params(model, text))) {
				return events.stream()
					.flatMap((event) -> event.outputTextDelta().stream())
					.map((delta) -> delta.delta())
					.collect(Collectors.joining());
			}
		}

		private static ResponseCreateParams params(String model, String text) {
			return ResponseCreateParams.builder().model(model).input(text).build();
		}

		@Override
		public void close() {
			this.client.close();
		}

	}

}
