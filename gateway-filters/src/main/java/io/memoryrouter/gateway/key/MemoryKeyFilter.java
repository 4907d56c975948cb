package io.memoryrouter.gateway.key;

import java.util.function.Function;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.MemoryReport;
import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds out whose memory a request may use:
 * <ol>
 * <li>If an earlier filter has set the {@link KeyContext}, it is kept.</li>
 * <li>Else the converter looks for a Memory Key. None is a failure, or, where the route
 * says that the key is not required, a request that goes on without memory.</li>
 * <li>The authenticator checks the key. Empty is a failure.</li>
 * <li>What the key stands for is put on the exchange, and the key is taken out of the
 * request.</li>
 * </ol>
 * Failures go to the failure handler.
 */
public final class MemoryKeyFilter implements GatewayFilter {

	private final ServerMemoryKeyConverter converter;

	private final ServerMemoryKeyAuthenticator authenticator;

	private final ServerMemoryKeyFailureHandler failureHandler;

	private final boolean required;

	/**
	 * Makes a filter.
	 * @param converter finds the key
	 * @param authenticator checks it
	 * @param failureHandler answers where that fails
	 * @param required whether a request without a key is refused
	 */
	public MemoryKeyFilter(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator,
			ServerMemoryKeyFailureHandler failureHandler, boolean required) {
		this.converter = converter;
		this.authenticator = authenticator;
		this.failureHandler = failureHandler;
		this.required = required;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (KeyContext.ATTRIBUTE.get(exchange) != null) {
			return chain.filter(withoutKey(exchange));
		}
		return identify(exchange).map((accepted) -> Mono.defer(() -> chain.filter(withoutKey(exchange))))
			.onErrorResume((ex) -> Mono.just(this.failureHandler.onFailure(exchange, ex)))
			// What follows is subscribed to here: its errors are not failures of the key.
			.flatMap(Function.identity());
	}

	private Mono<Boolean> identify(ServerWebExchange exchange) {
		long start = System.nanoTime();
		return this.converter.convert(exchange.getRequest())
			.flatMap((key) -> authenticate(exchange, key))
			.switchIfEmpty(Mono.defer(this::withoutKey))
			.doOnNext((accepted) -> MemoryReport.of(exchange).workedSince(start));
	}

	private Mono<Boolean> authenticate(ServerWebExchange exchange, MemoryKey key) {
		return this.authenticator.authenticate(key)
			.switchIfEmpty(Mono.error(MemoryKeyNotAcceptedException::invalid))
			.map((context) -> {
				KeyContext.ATTRIBUTE.set(exchange, context);
				return true;
			});
	}

	private Mono<Boolean> withoutKey() {
		return this.required ? Mono.error(MemoryKeyNotAcceptedException.missing()) : Mono.just(false);
	}

	private static ServerWebExchange withoutKey(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpRequest stripped = RequestMemoryKeyConverter.strip(request);
		return (stripped != request) ? exchange.mutate().request(stripped).build() : exchange;
	}

	@Override
	public String toString() {
		return "MemoryKeyFilter";
	}

}
