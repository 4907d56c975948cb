package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.error.ApiError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApiFamily}.
 */
class ApiFamilyTests {

	@ParameterizedTest
	@CsvSource({ "/v1/messages,ANTHROPIC,ANTHROPIC", "/v1/messages/count_tokens,ANTHROPIC,ANTHROPIC",
			"/v1/messages/batches/b1/results,ANTHROPIC,ANTHROPIC", "/v1/messagesx,OPENAI,ANTHROPIC",
			"/v1/models,OPENAI,ANTHROPIC", "/v1/files,OPENAI,ANTHROPIC", "/v1/chat/completions,OPENAI,OPENAI",
			"/v1/responses,OPENAI,OPENAI", "/v1/responses/r1,OPENAI,OPENAI", "/v1/memory/stats,OPENAI,OPENAI",
			"/v1/memory,OPENAI,OPENAI", "/v1/keys,OPENAI,OPENAI", "/v1/embeddings,OPENAI,ANTHROPIC",
			"/v1/models/g:generateContent,GEMINI,GEMINI", "/v1/models/ft:gpt-4o:acme::a1,OPENAI,ANTHROPIC",
			"/v1/models/demo%2Fx:countTokens,GEMINI,GEMINI", "/v1beta/models,GEMINI,GEMINI",
			"/v1beta/openai/chat/completions,OPENAI,OPENAI", "/v1beta/openaix/a,GEMINI,GEMINI",
			"/other,OPENAI,ANTHROPIC" })
	void ofThenByPathAndByWhetherAnthropicsClientAnnouncesItself(String path, ApiFamily plain, ApiFamily announced) {
		HttpHeaders headers = new HttpHeaders();
		assertThat(ApiFamily.of(path, headers)).isEqualTo(plain);
		headers.set("Anthropic-Version", "2023-06-01");
		assertThat(ApiFamily.of(path, headers)).isEqualTo(announced);
	}

	@Test
	void renderThenInTheFormOfTheFamily() {
		ApiError error = new ApiError(HttpStatus.BAD_REQUEST, "c", "m", null);
		assertThat(new String(ApiFamily.ANTHROPIC.render(error), StandardCharsets.UTF_8)).startsWith("{\"type\":\"err");
		assertThat(new String(ApiFamily.GEMINI.render(error), StandardCharsets.UTF_8)).contains("\"code\":400");
		assertThat(new String(ApiFamily.OPENAI.render(error), StandardCharsets.UTF_8)).contains("\"code\":\"c\"");
	}

}
