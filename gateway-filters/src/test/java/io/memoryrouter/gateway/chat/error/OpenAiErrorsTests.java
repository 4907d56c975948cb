package io.memoryrouter.gateway.chat.error;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenAiErrors}.
 */
class OpenAiErrorsTests {

	@ParameterizedTest
	@CsvSource({ "BAD_REQUEST,invalid_request_error", "UNAUTHORIZED,authentication_error", "FORBIDDEN,permission_error",
			"NOT_FOUND,invalid_request_error", "CONTENT_TOO_LARGE,invalid_request_error",
			"UNSUPPORTED_MEDIA_TYPE,invalid_request_error", "TOO_MANY_REQUESTS,rate_limit_error",
			"INTERNAL_SERVER_ERROR,server_error", "BAD_GATEWAY,server_error", "GATEWAY_TIMEOUT,server_error" })
	void renderThenTypeByStatus(HttpStatus status, String type) {
		assertThat(render(new ApiError(status, "c", "m", "p")))
			.isEqualTo("{\"error\":{\"message\":\"m\",\"type\":\"" + type + "\",\"param\":\"p\",\"code\":\"c\"}}");
	}

	@Test
	void renderWhenAwkwardTextThenEscaped() {
		assertThat(render(new ApiError(HttpStatus.BAD_REQUEST, "c", "\"\\\n\u0000\u00fc", null))).isEqualTo(
				"{\"error\":{\"message\":\"\\\"\\\\\\n\\u0000\u00fc\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"c\"}}");
	}

	private static String render(ApiError error) {
		return new String(OpenAiErrors.render(error), StandardCharsets.UTF_8);
	}

}
