package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.springframework.http.HttpStatus;

/**
 * Writes errors in Anthropic's form. It has no members for the code and the field that is
 * meant, so they stand at the end of the message. The official libraries choose the
 * exception by the status; the types are those that Anthropic documents for it.
 */
public final class AnthropicErrors {

	private AnthropicErrors() {
	}

	/**
	 * Writes an error.
	 * @param error the error
	 * @return the body
	 */
	public static byte[] render(ApiError error) {
		String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type(error.status()) + "\",\"message\":\""
				+ new String(JsonStrings.encode(message(error)), StandardCharsets.UTF_8) + "\"}}";
		return body.getBytes(StandardCharsets.UTF_8);
	}

	private static String message(ApiError error) {
		String param = (error.param() != null) ? ", param: " + error.param() : "";
		return error.message() + " (code: " + error.code() + param + ")";
	}

	private static String type(HttpStatus status) {
		return switch (status) {
			case UNAUTHORIZED -> "authentication_error";
			case FORBIDDEN -> "permission_error";
			case NOT_FOUND -> "not_found_error";
			case CONFLICT -> "conflict_error";
			case CONTENT_TOO_LARGE -> "request_too_large";
			case TOO_MANY_REQUESTS -> "rate_limit_error";
			case SERVICE_UNAVAILABLE -> "overloaded_error";
			case GATEWAY_TIMEOUT -> "timeout_error";
			default -> status.is5xxServerError() ? "api_error" : "invalid_request_error";
		};
	}

}
