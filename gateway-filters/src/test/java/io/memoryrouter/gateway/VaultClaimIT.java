package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets in with a token in the place of a Memory Key: whose memory it is, and that no
 * token goes further.
 */
class VaultClaimIT extends AbstractVaultClaimIT {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start(memory, properties(provider.baseUrl()));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	static Stream<Arguments> everyPlaceOfEveryFamily() {
		return Arrays.stream(Endpoint.values())
			.flatMap((endpoint) -> Stream.of("Authorization", "x-api-key", "x-goog-api-key", "api-key", "?key")
				.map((place) -> Arguments.of(endpoint, place)));
	}

	@ParameterizedTest(name = "{0}, token in {1}")
	@MethodSource("everyPlaceOfEveryFamily")
	void requestWhenTokenIsValidThenTheUsersVaultAndOnlyTheProvidersKeyGoesFurther(Endpoint endpoint, String place) {
		String token = user("alice");
		HttpRequest.Builder request = endpoint.request(gateway, place.equals("?key") ? "?key=" + token : "")
			.header("X-Provider-Key", PROVIDER_KEY);
		if (!place.equals("?key")) {
			request.header(place, place.equals("Authorization") ? "Bearer " + token : token);
		}
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, PROVIDER_KEY);
		if (endpoint.remembers) {
			assertThat(memory.queries).singleElement()
				.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "sub", "alice")));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CHAT", "EMBEDDINGS" })
	void requestWhenProvidersKeyIsTheDeploymentsThenNoneIsNeededOfTheUser(Endpoint endpoint) {
		HttpRequest.Builder request = gateway.post(endpoint.path, endpoint.body.replace("openai/", "deployed/"))
			.header("Authorization", "Bearer " + user("alice"));
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, "sk-of-the-deployment");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNoKeyOfTheProviderThen401AndTheTokenStandsInForNone(Endpoint endpoint) {
		HttpRequest.Builder request = endpoint.request(gateway, "").header("Authorization", "Bearer " + user("alice"));
		HttpResponse<String> response = gateway.send(request);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("X-Provider-Key");
		assertThat(received()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenAMemoryKeyComesTooThenItWinsAndTheTokenGoesNoFurther(Endpoint endpoint) {
		HttpRequest.Builder request = endpoint.request(gateway, "")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", PROVIDER_KEY)
			.header("Authorization", "Bearer " + user("alice"));
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, PROVIDER_KEY);
		if (endpoint.remembers) {
			assertThat(memory.queries).singleElement()
				.satisfies((query) -> assertThat(query.vault()).isEqualTo(FakeMemory.VAULT));
		}
	}

	@Test
	void requestWhenAMemoryKeyComesWithAProvidersKeyThenAsEver() {
		assertThat(gateway.send(gateway.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(200);
		assertOnlyKey(Endpoint.CHAT, "sk-alice");
	}

	@Test
	void requestWhenRouteNamesAClaimThenThatCountsThere() {
		String token = token((claims) -> claims.claim("email", "alice@example.com"));
		assertThat(chat(gateway, "/mail/v1", token).statusCode()).isEqualTo(200);
		assertThat(memory.queries).singleElement()
			.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "email", "alice@example.com")));
	}

	@Test
	void requestWhenRouteNeedsNoKeyThenATokenCountsAndAProvidersKeyGoesThrough() {
		HttpResponse<String> response = gateway.send(gateway.post("/open/v1/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertOnlyKey(Endpoint.CHAT, "sk-alice");
		assertThat(memory.queries).isEmpty();
		assertThat(chat(gateway, "/open/v1", user("bob")).statusCode()).isEqualTo(200);
		assertThat(memory.queries).singleElement()
			.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "sub", "bob")));
	}

	@ParameterizedTest
	@CsvSource({ "Bearer %s", "DPoP %s", "'Bearer a, Bearer %s'" })
	void requestWhenRouteHasAnAddressOfItsOwnThenTheTokenDoesNotGoThereEither(String value) {
		HttpResponse<String> response = gateway.send(gateway.post("/own/v1/chat/completions", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", value.formatted(user("alice"))));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(received()).singleElement()
			.satisfies((request) -> assertThat(request.getHeader("Authorization")).isNull());
	}

	@ParameterizedTest
	@CsvSource({ "on, on, 1", "read, read, 1", "write, write, 0", "off, off, 0", "dry-run, dry-run, 1" })
	void requestWhenHeaderNamesAModeThenItIsInForce(String asked, String inForce, int recalls) {
		HttpResponse<String> response = chat(gateway, "/v1", user("alice"), "X-Memory-Mode", asked);
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue(inForce);
		assertThat(memory.queries).hasSize(recalls);
	}

	@Test
	void requestWhenHeaderAndBodyNameModesThenTheHeaderIsACeiling() {
		String body = TestGateway.QUESTION.replaceFirst("\\{", "{\"memory_mode\": \"on\", ");
		HttpResponse<String> response = gateway.send(gateway.post("/v1/chat/completions", body)
			.header("Authorization", "Bearer " + user("alice"))
			.header("X-Provider-Key", PROVIDER_KEY)
			.header("X-Memory-Mode", "write"));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("write");
	}

	@Test
	void modelsWhenTokenIsValidThenListedWithTheProvidersKey() {
		provider.stubFor(get(urlEqualTo("/openai/models")).willReturn(okJson("{\"data\":[{\"id\":\"gpt\"}]}")));
		HttpResponse<String> response = gateway.send(gateway.request("/v1/models")
			.header("Authorization", "Bearer " + user("alice"))
			.header("X-Provider-Key", PROVIDER_KEY));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("openai/gpt");
		assertThat(received()).isNotEmpty().allSatisfy((request) -> assertThat(text(request)).doesNotContain("eyJ"));
	}

	private static void assertOnlyKey(Endpoint endpoint, String key) {
		assertThat(received()).singleElement().satisfies((request) -> {
			assertThat(text(request)).doesNotContain("eyJ", "mk_");
			assertThat(request.getHeader(endpoint.credential))
				.isEqualTo(endpoint.credential.equals("Authorization") ? "Bearer " + key : key);
			assertThat(request.getHeaders().all())
				.filteredOn((header) -> List.of("authorization", "x-api-key", "x-goog-api-key", "api-key")
					.contains(header.key().toLowerCase()))
				.hasSize(1);
			assertThat(request.getUrl()).doesNotContain("key=");
		});
	}

}
