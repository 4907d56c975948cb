package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.memoryrouter.gateway.chat.json.JsonStrings;

import org.springframework.http.HttpStatus;

/**
 * Writes errors in Google's form (AIP-193): the HTTP status as {@code code}, the
 * {@code google.rpc.Code} that stands for it as {@code status}, and the machine-readable
 * word as the {@code reason} of a {@code google.rpc.ErrorInfo}, in capitals as that asks
 * for.
 */
public final class GeminiErrors {

	private GeminiErrors() {
	}

	/**
	 * Writes an error.
	 * @param error the error
	 * @return the body
	 */
	public static byte[] render(ApiError error) {
		String body = "{\"error\":{\"code\":" + error.status().value() + ",\"message\":" + quoted(error.message())
				+ ",\"status\":" + quoted(status(error.status())) + ",\"details\":[" + info(error) + "]}}";
		return body.getBytes(StandardCharsets.UTF_8);
	}

	private static String info(ApiError error) {
		String metadata = (error.param() != null) ? ",\"metadata\":{\"param\":" + quoted(error.param()) + "}" : "";
		return "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":"
				+ quoted(error.code().toUpperCase(Locale.ROOT)) + ",\"domain\":\"memoryrouter\"" + metadata + "}";
	}

	private static String quoted(String text) {
		return '"' + new String(JsonStrings.encode(text), StandardCharsets.UTF_8) + '"';
	}

	private static String status(HttpStatus status) {
		return switch (status) {
			case UNAUTHORIZED -> "UNAUTHENTICATED";
			case FORBIDDEN -> "PERMISSION_DENIED";
			case NOT_FOUND -> "NOT_FOUND";
			case CONFLICT -> "ABORTED";
			case TOO_MANY_REQUESTS -> "RESOURCE_EXHAUSTED";
			case NOT_IMPLEMENTED -> "UNIMPLEMENTED";
			case BAD_GATEWAY, SERVICE_UNAVAILABLE -> "UNAVAILABLE";
			case GATEWAY_TIMEOUT -> "DEADLINE_EXCEEDED";
			default -> status.is5xxServerError() ? "INTERNAL" : "INVALID_ARGUMENT";
		};
	}

}
