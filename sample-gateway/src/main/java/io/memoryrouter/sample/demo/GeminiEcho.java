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
 * Google's Gemini: the model and the kind of answer stand in the path, and the query says
 * what a stream is made of.
 */
final class GeminiEcho implements EchoDialect {

	/** The part of the path that names the model. */
	static final String MODEL = "model";

	/** What asks for an answer as one document. */
	static final String GENERATE = ":generateContent";

	/** What asks for a stream. */
	static final String STREAM = ":streamGenerateContent";

	private static final String CONTENTS = "contents";

	@Override
	public ApiFamily family() {
		return ApiFamily.GEMINI;
	}

	@Override
	public EchoQuestion read(ServerRequest request, JsonNode body) {
		List<String> texts = new ArrayList<>();
		// Protocol buffers take a name in either spelling.
		texts.add(EchoJson.text(body.path("systemInstruction").path("parts")));
		texts.add(EchoJson.text(body.path("system_instruction").path("parts")));
		contents(body).forEach((content) -> texts.add(EchoJson.text(content.path("parts"))));
		return new EchoQuestion(request.pathVariable(MODEL), texts, delivery(request), true);
	}

	/** What may be repeated, contents and parts, need not be in an array if it is one. */
	private static List<JsonNode> contents(JsonNode body) {
		JsonNode contents = body.path(CONTENTS);
		return contents.isObject() ? List.of(contents) : EchoJson.objects(body, CONTENTS);
	}

	private static Delivery delivery(ServerRequest request) {
		if (!request.path().endsWith(STREAM)) {
			return Delivery.DOCUMENT;
		}
		return "sse".equals(request.queryParam("alt").orElse("json")) ? Delivery.EVENTS : Delivery.ARRAY;
	}

	@Override
	public Map<String, @Nullable Object> document(EchoAnswer answer) {
		return response(answer, answer.text(), "STOP");
	}

	@Override
	public List<EchoEvent> events(EchoAnswer answer) {
		List<String> lines = answer.lines();
		List<EchoEvent> events = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			String finishReason = (i == lines.size() - 1) ? "STOP" : null;
			events.add(EchoEvent.of(response(answer, lines.get(i), finishReason)));
		}
		return events;
	}

	/** What is not set is left out. */
	private static Map<String, @Nullable Object> response(EchoAnswer answer, String text,
			@Nullable String finishReason) {
		Map<String, @Nullable Object> candidate = EchoJson.object("content",
				EchoJson.object("parts", List.of(EchoJson.object("text", text)), "role", "model"), "index", 0);
		if (finishReason != null) {
			candidate.put("finishReason", finishReason);
		}
		return EchoJson.object("candidates", List.of(candidate), "usageMetadata", usage(answer), "modelVersion",
				answer.model(), "responseId", answer.id());
	}

	private static Object usage(EchoAnswer answer) {
		return EchoJson.object("promptTokenCount", answer.questionWords(), "candidatesTokenCount", answer.answerWords(),
				"totalTokenCount", answer.questionWords() + answer.answerWords());
	}

}
