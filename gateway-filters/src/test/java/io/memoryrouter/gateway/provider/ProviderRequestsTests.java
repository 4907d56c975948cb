package io.memoryrouter.gateway.provider;

import java.net.URI;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.keys.provider.ProviderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProviderRequestsTests {

	private static MockServerHttpRequest.BodyBuilder post(String uri) {
		return MockServerHttpRequest.method(HttpMethod.POST, URI.create(uri));
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, /v1/chat/completions, https://api.openai.com/v1/chat/completions",
			"OPENAI, /team-a/v1/embeddings, https://api.openai.com/v1/embeddings",
			"GROQ, /v1/chat/completions?a=%20b, https://api.groq.com/openai/v1/chat/completions?a=%20b",
			"ANTHROPIC, /v1/chat/completions, https://api.anthropic.com/v1/chat/completions",
			"ANTHROPIC, /v1/messages/count_tokens, https://api.anthropic.com/v1/messages/count_tokens",
			"GOOGLE, /v1/chat/completions, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
			"GOOGLE, /v1beta/openai/embeddings, https://generativelanguage.googleapis.com/v1beta/openai/embeddings",
			"GOOGLE, /v1beta/models/g%3Ax:embed, https://generativelanguage.googleapis.com/v1beta/models/g%3Ax:embed" })
	void urlWhenEndpointIsCalledThenItIsThatOfTheProvider(KnownProvider known, String path, String expected) {
		ServerHttpRequest request = post(path).build();
		Endpoint endpoint = Endpoint.of(request);
		ProviderDialect family = ProviderDialect.of(endpoint, request.getHeaders());
		assertThat(ProviderRequests.url(known.builder().build(), family, endpoint, request.getURI().getRawQuery()))
			.hasToString(expected);
	}

	@Test
	void urlWhenProviderHasNoAddressThenErrorNamesTheProperty() {
		Endpoint endpoint = Endpoint.of(post("/v1/chat/completions").build());
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> ProviderRequests.url(KnownProvider.AZURE.builder().build(), ProviderDialect.OPENAI,
					endpoint, null))
			.withMessageContaining("memoryrouter.providers.azure.base-url");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, /v1/chat/completions, Authorization, Bearer sk-1",
			"AZURE, /v1/chat/completions, api-key, sk-1", "ANTHROPIC, /v1/chat/completions, Authorization, Bearer sk-1",
			"ANTHROPIC, /v1/messages, x-api-key, sk-1", "GOOGLE, /v1/chat/completions, Authorization, Bearer sk-1",
			"GOOGLE, /v1beta/models/g:generateContent, x-goog-api-key, sk-1" })
	void authorizeWhenProviderIsCalledThenKeyStandsWhereItIsExpectedAndNowhereElse(KnownProvider known, String path,
			String header, String value) {
		ServerHttpRequest request = post(path + "?key=other").header("Authorization", "Bearer other")
			.header("x-api-key", "other")
			.header("x-goog-api-key", "other")
			.header("api-key", "other")
			.build();
		ProviderDialect family = ProviderDialect.of(Endpoint.of(request), request.getHeaders());
		ServerHttpRequest authorized = ProviderRequests.authorize(request, known.builder().build(), family,
				new ProviderKey("sk-1"));
		assertThat(authorized.getHeaders().headerNames()).containsOnly(header);
		assertThat(authorized.getHeaders().getFirst(header)).isEqualTo(value);
		assertThat(authorized.getURI().getRawQuery()).isNull();
	}

	@Test
	void authorizeWhenThereIsNoKeyThenNoCredentialIsLeft() {
		ServerHttpRequest request = post("/v1/chat/completions").header("Authorization", "Bearer other").build();
		ServerHttpRequest authorized = ProviderRequests.authorize(request, KnownProvider.OLLAMA.builder().build(),
				ProviderDialect.OPENAI, null);
		assertThat(authorized.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)).isFalse();
	}

	@Test
	void toStringWhenKeyIsPrintedThenItIsMasked() {
		assertThat(new ProviderKey("sk-secret")).asString().doesNotContain("secret");
	}

}
