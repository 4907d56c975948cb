package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.EventStreamAnswer;
import io.memoryrouter.gateway.chat.answer.JsonAnswer;
import io.memoryrouter.gateway.chat.answer.TeeingAnswerReader;
import io.memoryrouter.gateway.chat.anthropic.AnthropicAnswer;
import io.memoryrouter.gateway.chat.anthropic.AnthropicScanner;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.error.AnthropicErrors;
import io.memoryrouter.gateway.chat.error.ApiError;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Anthropic Messages: {@code POST /v1/messages}, answers as JSON or as server-sent events
 * that end with {@code message_stop}.
 */
final class AnthropicMessagesDialect implements Dialect {

	static final AnthropicMessagesDialect INSTANCE = new AnthropicMessagesDialect();

	private AnthropicMessagesDialect() {
	}

	@Override
	public boolean handles(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && "/v1/messages".equals(path);
	}

	@Override
	public boolean sharesBody(HttpMethod method, String path) {
		return HttpMethod.POST.equals(method) && "/v1/messages/count_tokens".equals(path);
	}

	@Override
	public String name() {
		return "anthropic";
	}

	@Override
	public ChatRequest read(String path, byte[] body) {
		return AnthropicScanner.scan(body);
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		return TeeingAnswerReader.create(headers, () -> new EventStreamAnswer(new AnthropicAnswer(), null, maxBytes),
				() -> new JsonAnswer(new AnthropicAnswer(), maxBytes));
	}

	@Override
	public byte[] render(ApiError error) {
		return AnthropicErrors.render(error);
	}

}
