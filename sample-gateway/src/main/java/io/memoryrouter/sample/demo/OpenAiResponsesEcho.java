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
 * OpenAI's Responses. Each answer stands alone: none is kept for a
 * {@code previous_response_id}.
 */
final class OpenAiResponsesEcho implements EchoDialect {

	private static final String INPUT = "input";

	@Override
	public ApiFamily family() {
		return ApiFamily.OPENAI;
	}

	@Override
	public EchoQuestion read(ServerRequest request, JsonNode body) {
		List<String> texts = new ArrayList<>();
		texts.add(EchoJson.text(body.path("instructions")));
		if (body.path(INPUT).isString()) {
			texts.add(body.path(INPUT).asString());
		}
		else {
			EchoJson.objects(body, INPUT).forEach((item) -> texts.add(EchoJson.text(item.path("content"))));
		}
		Delivery delivery = body.path("stream").asBoolean(false) ? Delivery.EVENTS : Delivery.DOCUMENT;
		return new EchoQuestion(EchoJson.model(body), texts, delivery, true);
	}

	@Override
	public Map<String, @Nullable Object> document(EchoAnswer answer) {
		return response(answer, "completed", List.of(message(answer, "completed", List.of(part(answer.text())))),
				usage(answer));
	}

	@Override
	public List<EchoEvent> events(EchoAnswer answer) {
		NumberedEvents events = new NumberedEvents();
		Object started = response(answer, "in_progress", List.of(), null);
		events.add("response.created", "response", started);
		events.add("response.in_progress", "response", started);
		events.add("response.output_item.added", "output_index", 0, "item", message(answer, "in_progress", List.of()));
		addText(events, answer);
		events.add("response.output_item.done", "output_index", 0, "item",
				message(answer, "completed", List.of(part(answer.text()))));
		events.add("response.completed", "response", document(answer));
		return events.all;
	}

	private static void addText(NumberedEvents events, EchoAnswer answer) {
		events.addOfPart("response.content_part.added", answer, "part", part(""));
		answer.lines()
			.forEach((line) -> events.addOfPart("response.output_text.delta", answer, "delta", line, "logprobs",
					List.of()));
		events.addOfPart("response.output_text.done", answer, "text", answer.text(), "logprobs", List.of());
		events.addOfPart("response.content_part.done", answer, "part", part(answer.text()));
	}

	private static Map<String, @Nullable Object> response(EchoAnswer answer, String status, List<Object> output,
			@Nullable Object usage) {
		return EchoJson.object("id", "resp_" + answer.id(), "object", "response", "created_at",
				answer.created().getEpochSecond(), "status", status, "error", null, "incomplete_details", null,
				"instructions", null, "metadata", Map.of(), "model", answer.model(), "output", output,
				"parallel_tool_calls", true, "temperature", null, "tool_choice", "auto", "tools", List.of(), "top_p",
				null, "usage", usage);
	}

	private static Object message(EchoAnswer answer, String status, List<Object> content) {
		return EchoJson.object("id", itemId(answer), "type", "message", "status", status, "role", "assistant",
				"content", content);
	}

	private static String itemId(EchoAnswer answer) {
		return "msg_" + answer.id();
	}

	private static Object part(String text) {
		return EchoJson.object("type", "output_text", "text", text, "annotations", List.of(), "logprobs", List.of());
	}

	private static Object usage(EchoAnswer answer) {
		return EchoJson.object("input_tokens", answer.questionWords(), "input_tokens_details",
				Map.of("cached_tokens", 0, "cache_write_tokens", 0), "output_tokens", answer.answerWords(),
				"output_tokens_details", Map.of("reasoning_tokens", 0), "total_tokens",
				answer.questionWords() + answer.answerWords());
	}

	/** Events whose data repeats their name and says how many came before. */
	private static final class NumberedEvents {

		private final List<EchoEvent> all = new ArrayList<>();

		void add(String name, Object... members) {
			Map<String, @Nullable Object> data = EchoJson.object("type", name, "sequence_number", this.all.size());
			data.putAll(EchoJson.object(members));
			this.all.add(new EchoEvent(name, EchoJson.write(data)));
		}

		void addOfPart(String name, EchoAnswer answer, Object... members) {
			List<Object> all = new ArrayList<>(
					List.of("item_id", itemId(answer), "output_index", 0, "content_index", 0));
			all.addAll(List.of(members));
			add(name, all.toArray());
		}

	}

}
