package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiErrors}.
 */
class GeminiErrorsTests {

	@ParameterizedTest
	@CsvSource({ "BAD_REQUEST,400,INVALID_ARGUMENT", "UNAUTHORIZED,401,UNAUTHENTICATED",
			"FORBIDDEN,403,PERMISSION_DENIED", "NOT_FOUND,404,NOT_FOUND", "CONFLICT,409,ABORTED",
			"CONTENT_TOO_LARGE,413,INVALID_ARGUMENT", "UNSUPPORTED_MEDIA_TYPE,415,INVALID_ARGUMENT",
			"TOO_MANY_REQUESTS,429,RESOURCE_EXHAUSTED", "INTERNAL_SERVER_ERROR,500,INTERNAL",
			"NOT_IMPLEMENTED,501,UNIMPLEMENTED", "BAD_GATEWAY,502,UNAVAILABLE", "SERVICE_UNAVAILABLE,503,UNAVAILABLE",
			"GATEWAY_TIMEOUT,504,DEADLINE_EXCEEDED" })
	void renderThenRpcCodeByStatus(HttpStatus status, int code, String rpcCode) {
		assertThat(render(new ApiError(status, "some_code", "m", null)))
			.isEqualTo("{\"error\":{\"code\":" + code + ",\"message\":\"m\",\"status\":\"" + rpcCode
					+ "\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
					+ "\"reason\":\"SOME_CODE\",\"domain\":\"memoryrouter\"}]}}");
	}

	@Test
	void renderWhenAwkwardTextThenEscaped() {
		assertThat(render(new ApiError(HttpStatus.BAD_REQUEST, "c", "\"\\\n\u0000\u00fc", "\"p\"")))
			.contains("\"message\":\"\\\"\\\\\\n\\u0000\u00fc\",")
			.contains("\"metadata\":{\"param\":\"\\\"p\\\"\"}");
	}

	private static String render(ApiError error) {
		return new String(GeminiErrors.render(error), StandardCharsets.UTF_8);
	}

}
