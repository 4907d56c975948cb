package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.EventStreamAnswer;
import io.memoryrouter.gateway.chat.answer.JsonAnswer;
import io.memoryrouter.gateway.chat.answer.TeeingAnswerReader;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.chat.error.OpenAiErrors;
import io.memoryrouter.gateway.chat.openai.OpenAiChatScanner;
import io.memoryrouter.gateway.chat.openai.OpenAiCompletion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * OpenAI Chat Completions: {@code POST /v1/chat/completions}, answers as JSON or as
 * server-sent events that end with {@code data: [DONE]}.
 */
final class OpenAiChatDialect implements Dialect {

	private static final String END_MARK = "[DONE]";

	static final OpenAiChatDialect INSTANCE = new OpenAiChatDialect();

	private OpenAiChatDialect() {
	}

	@Override
	public boolean handles(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && "/v1/chat/completions".equals(path);
	}

	@Override
	public boolean sharesBody(HttpMethod method, String path) {
		return false;
	}

	@Override
	public String name() {
		return "openai";
	}

	@Override
	public ChatRequest read(String path, byte[] body) {
		return OpenAiChatScanner.scan(body);
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		return TeeingAnswerReader.create(headers,
				() -> new EventStreamAnswer(OpenAiCompletion::read, END_MARK, maxBytes),
				() -> new JsonAnswer(OpenAiCompletion::read, maxBytes));
	}

	@Override
	public byte[] render(ApiError error) {
		return OpenAiErrors.render(error);
	}

}
