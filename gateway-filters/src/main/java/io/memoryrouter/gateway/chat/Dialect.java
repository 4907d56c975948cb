package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.error.ApiError;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A provider family's way to speak: where a request has its question, where a block of
 * memories goes, how an answer is read, what an error looks like. Everything that differs
 * between families is behind this interface; adding one touches this package alone.
 */
public sealed interface Dialect
		permits OpenAiChatDialect, OpenAiResponsesDialect, AnthropicMessagesDialect, GeminiDialect {

	/**
	 * The dialect of an endpoint.
	 * @param method the request's method
	 * @param path the request's path, from the version segment on
	 * ({@code /v1/chat/completions})
	 * @return the dialect, or {@code null} if the endpoint is not one that has memory
	 */
	static @Nullable Dialect of(HttpMethod method, String path) {
		for (Dialect dialect : Dialects.ALL) {
			if (dialect.handles(method, path)) {
				return dialect;
			}
		}
		return null;
	}

	/**
	 * Whether an endpoint is of this dialect.
	 * @param method the request's method
	 * @param path the request's path, as in {@link #of}
	 * @return whether
	 */
	boolean handles(HttpMethod method, String path);

	/**
	 * The dialect's name, as it stands in configuration and metrics.
	 * @return the name
	 */
	String name();

	/**
	 * Scans a request.
	 * @param path the request's path, as in {@link #of}: some families name the model
	 * there
	 * @param body the whole body; kept, not copied: do not change it
	 * @return the request
	 * @throws InvalidChatRequestException if it cannot be read, naming the field and the
	 * fix
	 */
	ChatRequest read(String path, byte[] body);

	/**
	 * The path of a request with another model, where the model stands in the path.
	 * @param path the request's path, from the version segment on
	 * @param model the model to name
	 * @return the path; the same if the model does not stand there
	 */
	default String withModel(String path, String model) {
		return path;
	}

	/**
	 * Starts to read an answer.
	 * @param headers the answer's headers
	 * @param maxBytes the most that is held of it, in bytes
	 * @return what reads it
	 */
	AnswerReader answerReader(HttpHeaders headers, int maxBytes);

	/**
	 * Writes an error as this family's own clients expect it.
	 * @param error the error
	 * @return the body, as JSON in UTF-8
	 */
	byte[] render(ApiError error);

}
