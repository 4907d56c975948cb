package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Writes errors in OpenAI's form. The official libraries choose the exception by the
 * status and show the message; the type is a word for people and for logs.
 */
public final class OpenAiErrors {

	private OpenAiErrors() {
	}

	/**
	 * Writes an error.
	 * @param error the error
	 * @return the body
	 */
	public static byte[] render(ApiError error) {
		String body = "{\"error\":{\"message\":" + quoted(error.message()) + ",\"type\":" + quoted(type(error.status()))
				+ ",\"param\":" + quoted(error.param()) + ",\"code\":" + quoted(error.code()) + "}}";
		return body.getBytes(StandardCharsets.UTF_8);
	}

	private static String quoted(@Nullable String text) {
		return (text != null) ? '"' + new String(JsonStrings.encode(text), StandardCharsets.UTF_8) + '"' : "null";
	}

	private static String type(HttpStatus status) {
		return switch (status) {
			case UNAUTHORIZED -> "authentication_error";
			case FORBIDDEN -> "permission_error";
			case TOO_MANY_REQUESTS -> "rate_limit_error";
			default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
		};
	}

}
