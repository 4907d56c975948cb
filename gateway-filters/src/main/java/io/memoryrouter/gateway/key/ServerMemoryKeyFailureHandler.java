package io.memoryrouter.gateway.key;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Answers a request whose Memory Key is missing or refused.
 */
@FunctionalInterface
public interface ServerMemoryKeyFailureHandler {

	/**
	 * Answers a request.
	 * @param exchange the exchange
	 * @param failure why it is refused
	 * @return completion, when it is answered
	 */
	Mono<Void> onFailure(ServerWebExchange exchange, Throwable failure);

}
