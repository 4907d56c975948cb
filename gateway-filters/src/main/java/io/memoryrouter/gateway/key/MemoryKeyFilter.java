package io.memoryrouter.gateway.key;

import java.util.function.Function;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.MemoryReport;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds out whose memory a request may use, as {@link KeyContextResolver} does, and takes
 * the key, or the token, out of the request. A request without one is refused, or, where
 * the route says that the key is not required, goes on without memory. Failures go to the
 * failure handler.
 */
public final class MemoryKeyFilter implements GatewayFilter {

	private final KeyContextResolver keys;

	private final ServerMemoryKeyFailureHandler failureHandler;

	private final boolean required;

	/**
	 * Makes a filter.
	 * @param keys finds out whose memory a request may use
	 * @param failureHandler answers where that fails
	 * @param required whether a request without a key is refused
	 */
	public MemoryKeyFilter(KeyContextResolver keys, ServerMemoryKeyFailureHandler failureHandler, boolean required) {
		this.keys = keys;
		this.failureHandler = failureHandler;
		this.required = required;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return identify(exchange).map((present) -> Mono.defer(() -> chain.filter(withoutKey(exchange))))
			.onErrorResume((ex) -> Mono.just(this.failureHandler.onFailure(exchange, ex)))
			// What follows is subscribed to here: its errors are not failures of the key.
			.flatMap(Function.identity());
	}

	private Mono<Boolean> identify(ServerWebExchange exchange) {
		long start = System.nanoTime();
		Mono<KeyContext> key = this.required ? this.keys.require(exchange) : this.keys.resolve(exchange);
		return key.hasElement().doOnNext((present) -> MemoryReport.of(exchange).workedSince(start));
	}

	private ServerWebExchange withoutKey(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpRequest stripped = this.keys.strip(request);
		return (stripped != request) ? exchange.mutate().request(stripped).build() : exchange;
	}

	@Override
	public String toString() {
		return "MemoryKeyFilter";
	}

}
