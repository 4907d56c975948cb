package io.memoryrouter.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.sample.demo.EchoQuestion.Delivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * OpenAI's Chat Completions.
 */
final class OpenAiChatEcho implements EchoDialect {

	private static final EchoEvent DONE = new EchoEvent(null, "[DONE]");

	@Override
	public ApiFamily family() {
		return ApiFamily.OPENAI;
	}

	@Override
	public EchoQuestion read(ServerRequest request, JsonNode body) {
		List<String> texts = EchoJson.messages(body)
			.stream()
			.map((message) -> EchoJson.text(message.path("content")))
			.toList();
		return new EchoQuestion(EchoJson.model(body), texts,
				body.path("stream").asBoolean(false) ? Delivery.EVENTS : Delivery.DOCUMENT,
				body.path("stream_options").path("include_usage").asBoolean(false));
	}

	@Override
	public Map<String, @Nullable Object> document(EchoAnswer answer) {
		Object message = EchoJson.object("role", "assistant", "content", answer.text(), "refusal", null);
		Map<String, @Nullable Object> document = envelope(answer, "chat.completion",
				List.of(choice("message", message, "stop")));
		document.put("usage", usage(answer));
		return document;
	}

	@Override
	public List<EchoEvent> events(EchoAnswer answer) {
		List<EchoEvent> events = new ArrayList<>();
		events.add(chunk(answer, EchoJson.object("role", "assistant", "content", ""), null));
		answer.lines().forEach((line) -> events.add(chunk(answer, EchoJson.object("content", line), null)));
		events.add(chunk(answer, EchoJson.object(), "stop"));
		if (answer.question().streamsUsage()) {
			Map<String, @Nullable Object> last = envelope(answer, "chat.completion.chunk", List.of());
			last.put("usage", usage(answer));
			events.add(EchoEvent.of(last));
		}
		events.add(DONE);
		return events;
	}

	private static EchoEvent chunk(EchoAnswer answer, Object delta, @Nullable String finishReason) {
		return EchoEvent.of(envelope(answer, "chat.completion.chunk", List.of(choice("delta", delta, finishReason))));
	}

	private static Map<String, @Nullable Object> envelope(EchoAnswer answer, String object, List<Object> choices) {
		return EchoJson.object("id", "chatcmpl-" + answer.id(), "object", object, "created",
				answer.created().getEpochSecond(), "model", answer.model(), "choices", choices);
	}

	private static Object choice(String part, Object content, @Nullable String finishReason) {
		return EchoJson.object("index", 0, part, content, "logprobs", null, "finish_reason", finishReason);
	}

	private static Object usage(EchoAnswer answer) {
		return EchoJson.object("prompt_tokens", answer.questionWords(), "completion_tokens", answer.answerWords(),
				"total_tokens", answer.questionWords() + answer.answerWords());
	}

}
