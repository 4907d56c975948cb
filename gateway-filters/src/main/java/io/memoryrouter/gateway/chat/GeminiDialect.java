package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.EventStreamAnswer;
import io.memoryrouter.gateway.chat.answer.JsonStreamAnswer;
import io.memoryrouter.gateway.chat.answer.TeeingAnswerReader;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.chat.error.GeminiErrors;
import io.memoryrouter.gateway.chat.gemini.GeminiPath;
import io.memoryrouter.gateway.chat.gemini.GeminiResponse;
import io.memoryrouter.gateway.chat.gemini.GeminiScanner;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Google Gemini: {@code POST /v1beta/models/{model}:generateContent} and
 * {@code :streamGenerateContent}. The model stands in the path. Answers are JSON; streams
 * are server-sent events without a terminal one, or an array of the same documents.
 */
final class GeminiDialect implements Dialect {

	static final GeminiDialect INSTANCE = new GeminiDialect();

	private GeminiDialect() {
	}

	@Override
	public boolean handles(HttpMethod method, String path) {
		GeminiPath call = HttpMethod.POST.equals(method) ? GeminiPath.parse(path) : null;
		return call != null && call.generates();
	}

	@Override
	public boolean sharesBody(HttpMethod method, String path) {
		GeminiPath call = HttpMethod.POST.equals(method) ? GeminiPath.parse(path) : null;
		return call != null && call.countsTokens() && call.hasPlainModel();
	}

	@Override
	public String name() {
		return "gemini";
	}

	@Override
	public ChatRequest read(String path, byte[] body) {
		GeminiPath call = call(path);
		if (!call.hasPlainModel()) {
			throw new InvalidChatRequestException(
					"The model in the path has to be a name: none of what its slashes divide may be empty, '.' or '..'",
					"model");
		}
		return GeminiScanner.scan(call, body);
	}

	private static GeminiPath call(String path) {
		GeminiPath call = GeminiPath.parse(path);
		Assert.state(call != null, "The path is of another dialect");
		return call;
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		return TeeingAnswerReader.create(headers, () -> new EventStreamAnswer(GeminiResponse::read, null, maxBytes),
				() -> new JsonStreamAnswer(GeminiResponse::read, maxBytes));
	}

	@Override
	public byte[] render(ApiError error) {
		return GeminiErrors.render(error);
	}

}
