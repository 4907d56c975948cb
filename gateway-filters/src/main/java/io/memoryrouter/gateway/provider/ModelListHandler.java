package io.memoryrouter.gateway.provider;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Answers {@code GET /v1/models} in place of a provider: the route leads to many, and
 * none of them knows what the others have.
 */
@FunctionalInterface
public interface ModelListHandler {

	/**
	 * Answers a request.
	 * @param exchange the exchange, whose request is without Memory Keys and headers of
	 * ours
	 * @param keyOwner the provider whose key the request brings, if it brings one;
	 * {@code null} if nothing says whose that is: then it is used with nobody
	 * @return completion, when the answer is written
	 */
	Mono<Void> handle(ServerWebExchange exchange, @Nullable Provider keyOwner);

}
