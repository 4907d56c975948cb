package io.memoryrouter.gateway.chat;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

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
		return OpenAiChatScanner.scan(body);
	}

	@Override
	public AnswerReader answerReader(HttpHeaders headers, int maxBytes) {
		return TeeingAnswerReader.create(headers, parser(headers, maxBytes));
	}

	private static @Nullable AnswerParser parser(HttpHeaders headers, int maxBytes) {
		MediaType type = contentType(headers);
		if (type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) {
			return new OpenAiStreamAnswer(maxBytes);
		}
		boolean json = "application".equals(type.getType())
				&& (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
		return json ? new OpenAiJsonAnswer(maxBytes) : null;
	}

	private static MediaType contentType(HttpHeaders headers) {
		try {
			MediaType type = headers.getContentType();
			return (type != null) ? type : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

	@Override
	public byte[] render(ApiError error) {
		return OpenAiErrors.render(error);
	}

}
