package io.memoryrouter.gateway.chat.gemini;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiPath}.
 */
class GeminiPathTests {

	@ParameterizedTest
	@CsvSource({ "/v1beta/models/gemini-2.5-flash:generateContent,/v1beta/models/,gemini-2.5-flash,generateContent",
			"/v1/models/demo/echo:streamGenerateContent,/v1/models/,demo/echo,streamGenerateContent",
			"/v1beta/models/demo%2Fecho:generateContent,/v1beta/models/,demo/echo,generateContent",
			"/v1beta/models/demo%2fecho%3AgenerateContent,/v1beta/models/,demo/echo,generateContent",
			"/v1beta/models/a/b:8b:generateContent,/v1beta/models/,a/b:8b,generateContent",
			"/v1beta/models/caf%C3%A9%20x%25:countTokens,/v1beta/models/,caf\u00e9 x%,countTokens",
			"/v1beta/models/a+b/models/c:embedContent,/v1beta/models/,a+b/models/c,embedContent" })
	void parseWhenCallThenParts(String path, String start, String model, String method) {
		assertThat(GeminiPath.parse(path)).isEqualTo(new GeminiPath(start, model, method));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1beta/models", "/v1beta/models/", "/v1beta/models/x", "/v1beta/models/:generateContent",
			"/v1beta/models/x:", "/v1beta/models/x:generateContent/", "/v1beta/models/x:GenerateContent",
			"/v1beta/models/x:generateContents", "/v1beta/tunedModels/x:generateContent",
			"/v2/models/x:generateContent", "/models/x:generateContent", "/v1/models/ft:gpt-4o-mini:acme::abcdefgh",
			"/v1beta/models/x%zz:generateContent", "/v1beta/models/x:generateContent:y",
			"/x/v1beta/models/x:generateContent", "" })
	void parseWhenNoCallThenNull(String path) {
		assertThat(GeminiPath.parse(path)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "generateContent,true,false", "streamGenerateContent,true,true", "countTokens,false,false",
			"embedContent,false,false", "batchGenerateContent,false,false" })
	void generatesThenByMethod(String method, boolean generates, boolean streams) {
		GeminiPath path = new GeminiPath("/v1beta/models/", "x", method);
		assertThat(path.generates()).isEqualTo(generates);
		assertThat(path.streams()).isEqualTo(streams);
	}

	@ParameterizedTest
	@CsvSource({ "echo,echo", "meta-llama/llama-4,meta-llama/llama-4", "caf\u00e9 x%?#,caf%C3%A9%20x%25%3F%23",
			"llama3:8b,llama3:8b", "a@1,a@1" })
	void withModelThenEncoded(String model, String encoded) {
		GeminiPath path = new GeminiPath("/v1/models/", "demo/x", "generateContent");
		assertThat(path.withModel(model)).isEqualTo("/v1/models/" + encoded + ":generateContent");
	}

	@Property
	void withModelThenReadAsTheSameModel(@ForAll @NotEmpty String text) {
		String model = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		GeminiPath path = new GeminiPath("/v1/models/", "demo/x", "countTokens");
		assertThat(URI.create(path.withModel(model)).getRawPath()).isEqualTo(path.withModel(model));
		assertThat(GeminiPath.parse(path.withModel(model)))
			.isEqualTo(new GeminiPath("/v1/models/", model, "countTokens"));
	}

	@ParameterizedTest
	@CsvSource({ "a,true", "a/b.c/..d,true", "..,false", "a/../b,false", "a/.,false", "a//b,false", "/a,false",
			"a/,false" })
	void hasPlainModelThenNoSegmentLeadsElsewhere(String model, boolean plain) {
		assertThat(new GeminiPath("/v1/models/", model, "generateContent").hasPlainModel()).isEqualTo(plain);
	}

}
