package io.memoryrouter.gateway.limit;

import java.security.Principal;

import io.memoryrouter.gateway.request.KeyContext;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whose requests the gateway's own filter {@code RequestRateLimiter} counts together:
 * <ol>
 * <li>those of one Memory Key, on the routes that have {@code Memory} or
 * {@code MemoryKey}. The key is checked before any rate limiter, so that no one spends
 * what another has. It stands as its id: the key itself never reaches a limiter;</li>
 * <li>on other routes, and without a key, those of one principal, as the gateway does it
 * by default;</li>
 * <li>else none: the filter's {@code deny-empty-key} decides.</li>
 * </ol>
 */
public final class MemoryKeyResolver implements KeyResolver {

	@Override
	public Mono<String> resolve(ServerWebExchange exchange) {
		KeyContext key = KeyContext.ATTRIBUTE.get(exchange);
		return (key != null) ? Mono.just(key.key().id()) : exchange.getPrincipal().map(Principal::getName);
	}

}
