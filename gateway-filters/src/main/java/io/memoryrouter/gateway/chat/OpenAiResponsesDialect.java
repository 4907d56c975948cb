package io.memoryrouter.gateway.chat;

import java.util.Set;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.EventStreamAnswer;
import io.memoryrouter.gateway.chat.answer.JsonAnswer;
import io.memoryrouter.gateway.chat.answer.TeeingAnswerReader;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.error.OpenAiErrors;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.chat.responses.ResponsesAnswer;
import io.memoryrouter.gateway.chat.responses.ResponsesScanner;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * OpenAI Responses: {@code POST /v1/responses}, answers as JSON or as server-sent events
 * that end with {@code response.completed}; those of compatible servers also with
 * {@code [DONE]}.
 */
final class OpenAiResponsesDialect implements Dialect {

	private static final Set<String> SIBLINGS = Set.of("/v1/responses/input_tokens", "/v1/responses/compact");

	private static final String END_MARK = "[DONE]";

	static final OpenAiResponsesDialect INSTANCE = new OpenAiResponsesDialect();

	private OpenAiResponsesDialect() {
	}

	@Override
	public boolean handles(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && "/v1/responses".equals(path);
	}

	@Override
	public boolean sharesBody(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && SIBLINGS.contains(path);
	}

	@Override
	public String name() {
		return "openai-responses";
	}

	@Override
	public ChatRequest read(String path, byte[] body) {
		return ResponsesScanner.scan(body);
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		return TeeingAnswerReader.create(headers,
				() -> new EventStreamAnswer(new ResponsesAnswer(), END_MARK, maxBytes),
				() -> new JsonAnswer(new ResponsesAnswer(), maxBytes));
	}

	@Override
	public byte[] render(ApiError error) {
		return OpenAiErrors.render(error);
	}

}
