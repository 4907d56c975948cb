package io.memoryrouter.gateway.api;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.key.ApiErrorMemoryKeyFailureHandler;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.RequestMemoryKeyConverter;
import io.memoryrouter.gateway.key.StoredMemoryKeyAuthenticator;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

class MemoryKeyHandlerFilterTests {

	private final FakeMemory memory = new FakeMemory();

	private final WebTestClient client = client(MemoryKeyHandlerFilterTests::tellKey);

	private WebTestClient client(HandlerFunction<ServerResponse> handler) {
		KeyContextResolver keys = new KeyContextResolver(new RequestMemoryKeyConverter(),
				new StoredMemoryKeyAuthenticator(this.memory), null);
		MemoryKeyHandlerFilter filter = new MemoryKeyHandlerFilter(keys,
				new ApiErrorMemoryKeyFailureHandler(new GatewayMeters(new SimpleMeterRegistry())), null);
		return WebTestClient
			.bindToRouterFunction(RouterFunctions.route()
				.GET("/v1/memory/test", handler)
				.GET("/v1/models", handler)
				.filter(filter)
				.build())
			.build();
	}

	private static Mono<ServerResponse> tellKey(ServerRequest request) {
		KeyContext key = MemoryKeyHandlerFilter.keyOf(request);
		return ServerResponse.ok().bodyValue(key.key().vault() + " " + key.allowed());
	}

	@ParameterizedTest
	@CsvSource({ "X-Memory-Key, ''", "Authorization, 'Bearer '", "x-api-key, ''", "x-goog-api-key, ''", "api-key, ''" })
	void getWhenTheKeyIsInAHeaderThenTheHandlerLearnsItsVault(String header, String scheme) {
		this.client.get()
			.uri("/v1/memory/test")
			.header(header, scheme + FakeMemory.KEY)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("vault_alice ON");
	}

	@Test
	void getWhenTheKeyIsInTheQueryThenTheHandlerLearnsItsVaultAndWhatItMay() {
		this.client.get()
			.uri("/v1/memory/test?key=" + FakeMemory.KEY + ":read")
			.exchange()
			.expectBody(String.class)
			.isEqualTo("vault_alice READ");
	}

	@ParameterizedTest
	@CsvSource({ "'', missing_memory_key", "mk_UnknownUnknown01, invalid_memory_key", "mk_short, malformed_memory_key",
			"mk_AliceAliceAlice01:typo, malformed_memory_key" })
	void getWhenTheKeyIsNotAcceptedThenAnswers401InOpenAisForm(String key, String code) {
		WebTestClient.RequestHeadersSpec<?> request = this.client.get().uri("/v1/memory/test");
		if (!key.isEmpty()) {
			request.header("X-Memory-Key", key);
		}
		request.exchange().expectStatus().isUnauthorized().expectBody().jsonPath("$.error.code").isEqualTo(code);
	}

	@Test
	void getWhenThereAreTwoKeysThenAnswers400() {
		this.client.get()
			.uri("/v1/memory/test")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer mk_OtherOtherOther01")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("ambiguous_memory_key");
	}

	@Test
	void getWhenTheKeyStoreIsUnavailableThenAnswers503WithRetryAfter() {
		this.memory.failKeys(new KeyStoreUnavailableException("down", new IllegalStateException()));
		this.client.get()
			.uri("/v1/memory/test")
			.header("X-Memory-Key", FakeMemory.KEY)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.exists("Retry-After");
	}

	@Test
	void getWhenTheClientIsAnthropicsThenTheErrorIsInItsForm() {
		this.client.get()
			.uri("/v1/models")
			.header("anthropic-version", "2023-06-01")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.error.type")
			.isEqualTo("authentication_error");
	}

	@Test
	void getWhenTheHandlerFailsThenItsErrorIsTheAnswerAndNotAFailureOfTheKey() {
		this.memory.accept(FakeMemory.KEY, KeyMode.ON);
		ApiException error = new ApiException(new ApiError(HttpStatus.NOT_FOUND, "not_found", "There is none", null));
		client((request) -> Mono.error(error)).get()
			.uri("/v1/memory/test")
			.header("X-Memory-Key", FakeMemory.KEY)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("not_found");
		client((request) -> {
			throw new KeyStoreUnavailableException("of the handler", new IllegalStateException());
		}).get()
			.uri("/v1/memory/test")
			.header("X-Memory-Key", FakeMemory.KEY)
			.exchange()
			.expectStatus()
			.is5xxServerError()
			.expectHeader()
			.doesNotExist("Retry-After");
	}

}
