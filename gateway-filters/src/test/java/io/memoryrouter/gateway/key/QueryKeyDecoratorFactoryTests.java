package io.memoryrouter.gateway.key;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueryKeyDecoratorFactory}.
 */
class QueryKeyDecoratorFactoryTests {

	@Test
	void handleWhenAKeyIsInTheQueryThenItIsInTheHeaderInstead() {
		ServerHttpRequest request = handle("/v1beta/models/m:generateContent?alt=sse&key=one&%6Bey=t%77o&x=%20");
		assertThat(request.getURI()).hasToString("/v1beta/models/m:generateContent?alt=sse&x=%20");
		assertThat(request.getHeaders().get("x-goog-api-key")).containsExactly("three", "one", "two");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/other?key=one", "/v1/models", "/v1/models?keys=one", "/v1/models?key=a%0ab" })
	void handleWhenThereIsNoKeyToMoveThenNothingChanges(String uri) {
		ServerHttpRequest request = handle(uri);
		assertThat(request.getURI()).hasToString(uri);
		assertThat(request.getHeaders().get("x-goog-api-key")).containsExactly("three");
	}

	private static ServerHttpRequest handle(String uri) {
		AtomicReference<ServerHttpRequest> handled = new AtomicReference<>();
		new QueryKeyDecoratorFactory().apply((request, response) -> Mono.fromRunnable(() -> handled.set(request)))
			.handle(MockServerHttpRequest.method(HttpMethod.POST, URI.create(uri))
				.header("x-goog-api-key", "three")
				.build(), new MockServerHttpResponse())
			.block();
		return handled.get();
	}

}
