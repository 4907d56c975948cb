package io.memoryrouter.gateway.key;

import java.net.URI;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MalformedMemoryKeyException;
import io.memoryrouter.keys.MemoryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class RequestMemoryKeyConverterTests {

	private static final String KEY = "mk_AliceAliceAlice01";

	private final RequestMemoryKeyConverter converter = new RequestMemoryKeyConverter();

	private MemoryKey convert(ServerHttpRequest request) {
		return this.converter.convert(request).block();
	}

	private static MockServerHttpRequest.BodyBuilder post() {
		return MockServerHttpRequest.post("/v1/chat/completions");
	}

	@ParameterizedTest
	@CsvSource({ "X-Memory-Key, mk_AliceAliceAlice01", "X-Memory-Key, mk-AliceAliceAlice01",
			"Authorization, Bearer mk_AliceAliceAlice01", "Authorization, bearer   mk_AliceAliceAlice01",
			"x-api-key, mk_AliceAliceAlice01", "x-goog-api-key, mk_AliceAliceAlice01",
			"api-key, mk_AliceAliceAlice01" })
	void convertWhenKeyStandsInAnyPlaceThenItIsFoundAndTakenOut(String header, String value) {
		ServerHttpRequest request = post().header(header, value).build();
		assertThat(convert(request).reveal()).isEqualTo(KEY);
		assertThat(RequestMemoryKeyConverter.strip(request).getHeaders().containsHeader(header)).isFalse();
	}

	@Test
	void convertWhenKeyStandsInTheQueryThenItIsFoundAndTakenOut() {
		ServerHttpRequest request = MockServerHttpRequest
			.method(HttpMethod.GET, URI.create("/v1beta/models?alt=sse&key=" + KEY + "&b=%20"))
			.build();
		assertThat(convert(request).reveal()).isEqualTo(KEY);
		assertThat(RequestMemoryKeyConverter.strip(request).getURI().getRawQuery()).isEqualTo("alt=sse&b=%20");
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer mk_AliceAliceAlice01, Bearer sk-alice", "x-api-key, mk_AliceAliceAlice01, sk",
			"x-goog-api-key, mk-AliceAliceAlice01:read, AIza" })
	void stripWhenAnotherKeyStandsBesideThenItStays(String header, String memoryKey, String providerKey) {
		ServerHttpRequest request = post().header(header, memoryKey, providerKey).build();
		assertThat(convert(request).reveal()).isEqualTo(KEY);
		assertThat(RequestMemoryKeyConverter.strip(request).getHeaders().get(header)).containsExactly(providerKey);
	}

	@Test
	void stripWhenAnotherKeyStandsBesideInTheQueryThenItStays() {
		ServerHttpRequest request = MockServerHttpRequest
			.method(HttpMethod.GET, URI.create("/v1beta/models?key=AIza&key=mk%5FAliceAliceAlice01&key"))
			.build();
		assertThat(RequestMemoryKeyConverter.strip(request).getURI().getRawQuery()).isEqualTo("key=AIza&key");
	}

	@Test
	void convertWhenThereIsNoKeyThenEmpty() {
		ServerHttpRequest request = post().header("Authorization", "Bearer sk-alice").build();
		StepVerifier.create(this.converter.convert(request)).verifyComplete();
		assertThat(RequestMemoryKeyConverter.strip(request)).isSameAs(request);
	}

	@Test
	void convertWhenOneKeyStandsInTwoPlacesThenWhatBothAllowIsAllowed() {
		ServerHttpRequest request = post().header("X-Memory-Key", KEY + ":read")
			.header("x-api-key", KEY + ":write")
			.build();
		assertThat(convert(request).mode()).isEqualTo(KeyMode.OFF);
	}

	@Test
	void convertWhenTwoKeysStandThereThenError() {
		ServerHttpRequest request = post().header("X-Memory-Key", KEY)
			.header("Authorization", "Bearer mk_BobBobBobBobBob1")
			.build();
		StepVerifier.create(this.converter.convert(request)).verifyError(AmbiguousMemoryKeyException.class);
	}

	@ParameterizedTest
	@CsvSource({ "X-Memory-Key, ''", "X-Memory-Key, sk-alice", "Authorization, Bearer", "x-api-key, ' '",
			"Authorization, Bearer mk_AliceAliceAlice01:READ", "Authorization, Bearer mk_AliceAliceAlice01:" })
	void convertWhenKeyIsEmptyOrMalformedThenError(String header, String value) {
		ServerHttpRequest request = post().header(header, value).build();
		StepVerifier.create(this.converter.convert(request)).verifyError(MalformedMemoryKeyException.class);
	}

	@Test
	void convertWhenAnotherSchemeIsUsedThenItIsNobodysKey() {
		ServerHttpRequest request = post().header("X-Memory-Key", KEY)
			.header("Authorization", "Basic bWtfYTpi")
			.build();
		assertThat(convert(request).reveal()).isEqualTo(KEY);
		assertThat(RequestMemoryKeyConverter.strip(request).getHeaders().getFirst("Authorization"))
			.isEqualTo("Basic bWtfYTpi");
	}

}
