package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every place of a Memory Key with every place of a provider's key, for every family: who
 * gets in, and what the provider gets.
 */
class KeyPlacesIT {

	private static final String PROVIDER_KEY = "sk-of-alice";

	private static final List<String> CREDENTIALS = List.of("Authorization", "x-api-key", "x-goog-api-key", "api-key");

	private static final FakeMemory memory = new FakeMemory();

	private static WireMockServer provider;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		String route = "spring.cloud.gateway.server.webflux.routes[0]";
		List<String> properties = new ArrayList<>();
		for (String name : List.of("openai", "anthropic", "google", "azure")) {
			properties.add("memoryrouter.providers." + name + ".base-url=http://127.0.0.1:" + provider.port() + "/v1");
		}
		properties.addAll(List.of(route + ".id=all", route + ".uri=no://op", route + ".predicates[0]=Path=/**",
				route + ".filters[0]=Memory"));
		gateway = TestGateway.start(memory, properties.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		provider.stop();
	}

	@BeforeEach
	void reset() {
		memory.reset();
		provider.resetAll();
		provider.stubFor(any(anyUrl()).willReturn(okJson("{}")));
	}

	static Stream<Arguments> everyCombination() {
		return Arrays.stream(Family.values())
			.flatMap((family) -> Arrays.stream(Place.values())
				.flatMap((memoryKey) -> Arrays.stream(Place.values())
					.filter((key) -> key != memoryKey && key != Place.X_MEMORY_KEY)
					.map((key) -> Arguments.of(family, memoryKey, key))));
	}

	@ParameterizedTest
	@MethodSource("everyCombination")
	void requestThenKeysAreFoundWhereTheFamilysClientsPutThem(Family family, Place memoryKey, Place providerKey) {
		if (memoryKey == Place.X_PROVIDER_KEY) {
			assertThat(send(family, memoryKey, providerKey).statusCode()).isEqualTo(401);
			return;
		}
		HttpResponse<String> response = send(family, memoryKey, providerKey);
		if (!family.keys.contains(providerKey)) {
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("X-Provider-Key");
			assertThat(provider.findAll(anyRequestedFor(anyUrl()))).isEmpty();
			return;
		}
		assertThat(response.statusCode()).isEqualTo(200);
		assertOneCredential((providerKey == Place.AUTHORIZATION) ? "Authorization" : family.credential);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNoKeyOfTheProviderThen401NamesTheWaysInTheFamilysForm(Family family) {
		HttpResponse<String> response = gateway.send(Place.X_MEMORY_KEY.put(family.request(""), FakeMemory.KEY));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("X-Provider-Key").contains("X-Memory-Key").contains(family.errorType);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenTwoMemoryKeysThen400AndWhenOneWithTwoSuffixesThenTheNarrower(Family family) {
		HttpRequest.Builder two = Place.X_API_KEY.put(family.request(""), "mk_BobBobBobBobBob01");
		assertThat(gateway.send(Place.AUTHORIZATION.put(two, FakeMemory.KEY)).statusCode()).isEqualTo(400);
		HttpRequest.Builder one = Place.X_API_KEY
			.put(family.request("?key=" + FakeMemory.KEY), FakeMemory.KEY + ":read")
			.header("X-Provider-Key", PROVIDER_KEY);
		HttpResponse<String> response = gateway.send(Place.AUTHORIZATION.put(one, FakeMemory.KEY + ":write"));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("off");
		assertOneCredential(family.credential);
	}

	@Test
	void requestWhenProviderHasAHeaderOfItsOwnThenTheKeyIsThere() {
		HttpRequest.Builder request = gateway.post("/v1/chat/completions",
				"{\"model\":\"azure/d\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
		HttpRequest.Builder azure = Place.API_KEY.put(request, PROVIDER_KEY);
		assertThat(gateway.send(Place.X_MEMORY_KEY.put(azure, FakeMemory.KEY)).statusCode()).isEqualTo(200);
		assertOneCredential("api-key");
	}

	@Test
	void requestWhenFamilyIsOpenAisAndProviderIsGoogleThenItsCompatibleEndpoint() {
		HttpRequest.Builder request = gateway.post("/v1/chat/completions",
				"{\"model\":\"google/g\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
		assertThat(gateway
			.send(request.header("X-Memory-Key", FakeMemory.KEY).header("Authorization", "Bearer " + PROVIDER_KEY))
			.statusCode()).isEqualTo(200);
		assertOneCredential("Authorization");
		assertThat(received().getUrl()).isEqualTo("/v1/openai/chat/completions");
	}

	private static HttpResponse<String> send(Family family, Place memoryKey, Place providerKey) {
		String query = (memoryKey == Place.QUERY) ? "?key=" + FakeMemory.KEY
				: (providerKey == Place.QUERY) ? "?key=" + PROVIDER_KEY : "";
		HttpRequest.Builder request = memoryKey.put(family.request(query), FakeMemory.KEY);
		return gateway.send(providerKey.put(request, PROVIDER_KEY));
	}

	private static void assertOneCredential(String header) {
		LoggedRequest received = received();
		for (String credential : CREDENTIALS) {
			String expected = credential.equals("Authorization") ? "Bearer " + PROVIDER_KEY : PROVIDER_KEY;
			assertThat(received.getHeader(credential)).as(credential)
				.isEqualTo(credential.equals(header) ? expected : null);
		}
		assertThat(received.toString()).doesNotContain("mk_").doesNotContainIgnoringCase("x-provider-key");
		assertThat(received.getUrl()).doesNotContain("key=");
	}

	private static LoggedRequest received() {
		List<LoggedRequest> requests = provider.findAll(anyRequestedFor(anyUrl()));
		assertThat(requests).hasSize(1);
		return requests.get(0);
	}

	private enum Place {

		X_MEMORY_KEY("X-Memory-Key"), X_PROVIDER_KEY("X-Provider-Key"), AUTHORIZATION("Authorization"),
		X_API_KEY("x-api-key"), X_GOOG_API_KEY("x-goog-api-key"), API_KEY("api-key"), QUERY(null);

		private final String header;

		Place(String header) {
			this.header = header;
		}

		HttpRequest.Builder put(HttpRequest.Builder request, String key) {
			if (this.header == null) {
				return request;
			}
			return request.header(this.header, (this == AUTHORIZATION) ? "Bearer " + key : key);
		}

	}

	private enum Family {

		OPENAI("/v1/chat/completions", "{\"model\":\"openai/m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
				"Authorization", "authentication_error", Place.AUTHORIZATION, Place.API_KEY),

		RESPONSES("/v1/responses", "{\"model\":\"openai/m\",\"input\":\"a\"}", "Authorization", "authentication_error",
				Place.AUTHORIZATION, Place.API_KEY),

		ANTHROPIC("/v1/messages", "{\"model\":\"anthropic/m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
				"x-api-key", "\"type\":\"error\"", Place.X_API_KEY, Place.AUTHORIZATION),

		GEMINI("/v1beta/models/google/m:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}",
				"x-goog-api-key", "UNAUTHENTICATED", Place.X_GOOG_API_KEY, Place.QUERY, Place.AUTHORIZATION);

		private final String path;

		private final String body;

		private final String credential;

		private final String errorType;

		private final List<Place> keys;

		Family(String path, String body, String credential, String errorType, Place... own) {
			this.path = path;
			this.body = body;
			this.credential = credential;
			this.errorType = errorType;
			this.keys = Stream.concat(Stream.of(Place.X_PROVIDER_KEY), Arrays.stream(own)).toList();
		}

		HttpRequest.Builder request(String query) {
			return gateway.post(this.path + query, this.body);
		}

	}

}
