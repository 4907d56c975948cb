package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.StubbedProvider;
import io.memoryrouter.keys.provider.ProviderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelListClient}.
 */
class ModelListClientTests {

	private static final ProviderKey KEY = new ProviderKey("sk-secret-of-the-list");

	@RegisterExtension
	static final StubbedProvider server = StubbedProvider.start();

	private final ModelListClient client = new ModelListClient(HttpClient.create());

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "OPENAI    | -       | /v1/models                | Authorization  | Bearer sk-secret-of-the-list",
					"OPENAI    | api-key | /v1/models                | api-key        | sk-secret-of-the-list",
					"ANTHROPIC | -       | /v1/models?limit=1000     | x-api-key      | sk-secret-of-the-list",
					"GEMINI    | -       | /v1/models?pageSize=1000  | x-goog-api-key | sk-secret-of-the-list" })
	void listThenAsksAsTheDialectDoes(ProviderDialect dialect, String credentialHeader, String url, String header,
			String value) {
		server.answer(okJson("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
		Provider.Builder provider = Provider.named("test").baseUrl(URI.create(server.url() + "/v1/"));
		provider.dialect(dialect);
		if (credentialHeader != null) {
			provider.credentialHeader(credentialHeader);
		}
		assertThat(list(provider.build())).containsExactly("a", "b");
		LoggedRequest received = server.onlyRequest();
		assertThat(received.getMethod()).isEqualTo(RequestMethod.GET);
		assertThat(received.getUrl()).isEqualTo(url);
		assertThat(received.getHeader(header)).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "200 | text/html        | <html>sk-secret-of-the-list</html>", "200 | application/json | {",
					"200 | application/json | {}", "200 | application/json | {\"data\":7}",
					"200 | application/json | ''", "204 | application/json | ''", "302 | text/html        | moved",
					"401 | application/json | {\"error\":\"sk-secret-of-the-list\"}",
					"500 | text/plain       | sk-secret-of-the-list" })
	void listWhenAnswerIsNoListThenFailsWithItsStatusAndWithoutItsText(int status, String type, String body) {
		server.answer(aResponse().withStatus(status).withHeader("Content-Type", type).withBody(body));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> list(provider()))
			.satisfies((ex) -> assertThat(ex.getStatusCode().value()).isEqualTo(status))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(KEY.reveal()));
	}

	@Test
	void listWhenProviderIsGoneThenFailsWithoutAStatus() {
		Provider gone = Provider.named("test").baseUrl(URI.create("http://127.0.0.1:1/v1")).build();
		assertThatExceptionOfType(WebClientException.class).isThrownBy(() -> list(gone))
			.isNotInstanceOf(WebClientResponseException.class);
	}

	private static Provider provider() {
		return Provider.named("test").baseUrl(URI.create(server.url() + "/v1")).build();
	}

	private List<String> list(Provider provider) {
		return this.client.list(provider, Optional.of(KEY)).block(Duration.ofSeconds(20));
	}

}
