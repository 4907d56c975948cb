package io.memoryrouter.gateway.chat;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * OpenAI Chat Completions: {@code POST /v1/chat/completions}, answers as JSON or as
 * server-sent events that end with {@code data: [DONE]}.
 */
final class OpenAiChatDialect implements Dialect {

	static final OpenAiChatDialect INSTANCE = new OpenAiChatDialect();

	private OpenAiChatDialect() {
	}

	boolean handles(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && "/v1/chat/completions".equals(path);
	}

	@Override
	public String name() {
		return "openai";
	}

	@Override
	public ChatRequest read(byte[] body) {
		throw new UnsupportedOperationException();
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public byte[] render(ApiError error) {
		throw new UnsupportedOperationException();
	}

}
