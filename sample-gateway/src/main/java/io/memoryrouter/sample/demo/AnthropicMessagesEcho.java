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
 * Anthropic's Messages.
 */
final class AnthropicMessagesEcho implements EchoDialect {

	@Override
	public ApiFamily family() {
		return ApiFamily.ANTHROPIC;
	}

	@Override
	public EchoQuestion read(ServerRequest request, JsonNode body) {
		if (!body.path("max_tokens").isIntegralNumber() || body.path("max_tokens").asLong() < 1) {
			throw EchoException.invalid("max_tokens", "'max_tokens' has to be a whole number, 1 or more");
		}
		List<String> texts = new ArrayList<>();
		texts.add(EchoJson.text(body.path("system")));
		EchoJson.messages(body).forEach((message) -> texts.add(EchoJson.text(message.path("content"))));
		Delivery delivery = body.path("stream").asBoolean(false) ? Delivery.EVENTS : Delivery.DOCUMENT;
		return new EchoQuestion(EchoJson.model(body), texts, delivery, true);
	}

	@Override
	public Map<String, @Nullable Object> document(EchoAnswer answer) {
		return message(answer, List.of(text(answer.text())), "end_turn", answer.answerWords());
	}

	@Override
	public List<EchoEvent> events(EchoAnswer answer) {
		List<EchoEvent> events = new ArrayList<>();
		events.add(event("message_start", "message", message(answer, List.of(), null, 0)));
		events.add(event("content_block_start", "index", 0, "content_block", text("")));
		answer.lines()
			.forEach((line) -> events.add(event("content_block_delta", "index", 0, "delta",
					EchoJson.object("type", "text_delta", "text", line))));
		events.add(event("content_block_stop", "index", 0));
		events.add(event("message_delta", "delta", EchoJson.object("stop_reason", "end_turn", "stop_sequence", null),
				"usage", EchoJson.object("output_tokens", answer.answerWords())));
		events.add(event("message_stop"));
		return events;
	}

	private static Map<String, @Nullable Object> message(EchoAnswer answer, List<Object> content,
			@Nullable String stopReason, int outputTokens) {
		Object usage = EchoJson.object("input_tokens", answer.questionWords(), "output_tokens", outputTokens);
		return EchoJson.object("id", "msg_" + answer.id(), "type", "message", "role", "assistant", "model",
				answer.model(), "content", content, "stop_reason", stopReason, "stop_sequence", null, "usage", usage);
	}

	private static Object text(String text) {
		return EchoJson.object("type", "text", "text", text);
	}

	/** Its data repeats its name. */
	private static EchoEvent event(String name, Object... members) {
		Map<String, @Nullable Object> data = EchoJson.object("type", name);
		data.putAll(EchoJson.object(members));
		return new EchoEvent(name, EchoJson.write(data));
	}

}
