package io.memoryrouter.gateway.support;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Endpoint}.
 */
class EndpointTests {

	private static Endpoint get(String path) {
		return Endpoint.of(MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)).build());
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,/v1,/chat/completions", "/team/v1beta/models,/v1beta,/models",
			"/v1/models/v1/x,/v1,/models/v1/x", "/v1,'',/v1", "/v1x/models,'',/v1x/models", "/,'',/" })
	void ofThenWhatComesFromTheFirstVersionOn(String path, String version, String rest) {
		assertThat(get(path)).isEqualTo(new Endpoint(version, rest, null));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/models/openai%2Fgpt-5.5,openai/gpt-5.5,/models/gpt-5.5",
			"/v1/models/openai/ft:gpt:a::b,openai/ft:gpt:a::b,/models/ft:gpt:a::b",
			"/v1beta/models/google/g,google/g,/models/g",
			"/v1beta/models/google/g/operations/o,google/g/operations/o,/models/g/operations/o",
			"/v1beta/models/google/g:countTokens,google/g:countTokens,/models/g:countTokens",
			"/v1beta/models/google/caf%C3%A9%20x,google/caf\u00e9 x,/models/caf%C3%A9%20x" })
	void modelWhenPathNamesOneThenItCanBeExchanged(String path, String model, String exchanged) {
		Endpoint endpoint = get(path);
		String named = endpoint.model();
		assertThat(model).startsWith(named);
		assertThat(endpoint.withModel(named.substring(named.indexOf('/') + 1)).rest()).isEqualTo(exchanged);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/models", "/v1/models/", "/v1/files/a/b", "/models/openai/x", "/v1/models/a%zz" })
	void modelWhenPathNamesNoneThenNull(String path) {
		Endpoint endpoint = path.endsWith("%zz") ? new Endpoint("/v1", "/models/a%zz", null) : get(path);
		assertThat(endpoint.model()).isNull();
		assertThat(new Endpoint("/v1", "/files/a", null).withModel("x").rest()).isEqualTo("/files/a");
	}

	@ParameterizedTest
	@CsvSource({ "/..,true", "/a/../b,true", "/a/./b,true", "/a/%2e%2E,true", "/a/.%2e/b,true", "/a/..%2Fb,true",
			"/a%2f..%2fb,true", "/a%5C..%5cb,true", "/a/..;x/b,true", "/a/...,false", "/.a/b..,false",
			"/models/gemini-2.5,false", "/a/..b,false", "/,false" })
	void leadsElsewhereThenIfASegmentIsDots(String rest, boolean elsewhere) {
		assertThat(new Endpoint("/v1", rest, null).leadsElsewhere()).isEqualTo(elsewhere);
	}

}
