package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.body.PassThroughScanner;
import io.memoryrouter.gateway.chat.body.ScannedRequest;
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

	/** OpenAI Chat Completions, whose messages are the form that others are told in. */
	Dialect OPENAI_CHAT = OpenAiChatDialect.INSTANCE;

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
	 * Reads the body of an endpoint that has no memory, as far as it has to be changed:
	 * for the model, and where such bodies are made for a dialect's endpoint as well
	 * (tokens are counted of them), for this product's fields. What cannot be read is the
	 * provider's to judge.
	 * @param method the request's method
	 * @param path the request's path, from the version segment on
	 * @param body the whole body; kept, not copied
	 * @return the request; one that says nothing if the body cannot be read
	 */
	static ChatRequest readPassThrough(HttpMethod method, String path, byte[] body) {
		try {
			for (Dialect dialect : Dialects.ALL) {
				if (dialect.sharesBody(method, path)) {
					return dialect.read(path, body);
				}
			}
			return (ApiFamily.modelIn(path) != null) ? ScannedRequest.unread(body) : PassThroughScanner.scan(body);
		}
		catch (InvalidChatRequestException ex) {
			return ScannedRequest.unread(body);
		}
	}

	/**
	 * Whether an endpoint is of this dialect.
	 * @param method the request's method
	 * @param path the request's path, as in {@link #of}
	 * @return whether
	 */
	boolean handles(HttpMethod method, String path);

	/**
	 * Whether an endpoint has no memory, but takes the bodies of this dialect.
	 * @param method the request's method
	 * @param path the request's path, as in {@link #of}
	 * @return whether
	 */
	boolean sharesBody(HttpMethod method, String path);

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
