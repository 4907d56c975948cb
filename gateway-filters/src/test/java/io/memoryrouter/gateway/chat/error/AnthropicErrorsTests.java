package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnthropicErrors}.
 */
class AnthropicErrorsTests {

	@ParameterizedTest
	@CsvSource({ "BAD_REQUEST,invalid_request_error", "UNAUTHORIZED,authentication_error", "FORBIDDEN,permission_error",
			"NOT_FOUND,not_found_error", "CONFLICT,conflict_error", "CONTENT_TOO_LARGE,request_too_large",
			"UNSUPPORTED_MEDIA_TYPE,invalid_request_error", "TOO_MANY_REQUESTS,rate_limit_error",
			"INTERNAL_SERVER_ERROR,api_error", "BAD_GATEWAY,api_error", "SERVICE_UNAVAILABLE,overloaded_error",
			"GATEWAY_TIMEOUT,timeout_error" })
	void renderThenTypeByStatus(HttpStatus status, String type) {
		assertThat(render(new ApiError(status, "c", "m", "p"))).isEqualTo(
				"{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"m (code: c, param: p)\"}}");
	}

	@Test
	void renderWhenAwkwardTextThenEscaped() {
		assertThat(render(new ApiError(HttpStatus.BAD_REQUEST, "c", "\"\\\n\u0000\u00fc", null)))
			.isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
					+ "\"\\\"\\\\\\n\\u0000\u00fc (code: c)\"}}");
	}

	private static String render(ApiError error) {
		return new String(AnthropicErrors.render(error), StandardCharsets.UTF_8);
	}

}
