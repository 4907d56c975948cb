package io.memoryrouter.gateway.key;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Finds out whose memory a request may use, for routes and for this product's own
 * endpoints alike:
 * <ol>
 * <li>If something before has set the {@link KeyContext}, it is that one.</li>
 * <li>Else the converter looks for a Memory Key. Empty means that there is none.</li>
 * <li>The authenticator checks the key. What it does not accept is an error.</li>
 * <li>What the key stands for is put on the exchange.</li>
 * </ol>
 * The errors are those that a {@link ServerMemoryKeyFailureHandler} answers.
 */
public final class KeyContextResolver {

	private final ServerMemoryKeyConverter converter;

	private final ServerMemoryKeyAuthenticator authenticator;

	/**
	 * Makes a resolver.
	 * @param converter finds the key
	 * @param authenticator checks it
	 */
	public KeyContextResolver(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator) {
		this.converter = converter;
		this.authenticator = authenticator;
	}

	/**
	 * Finds out about a request.
	 * @param exchange the exchange
	 * @return whose memory it may use; empty if it presents no key; an error if the key
	 * is not accepted or cannot be checked
	 */
	Mono<KeyContext> resolve(ServerWebExchange exchange) {
		KeyContext known = KeyContext.ATTRIBUTE.get(exchange);
		return (known != null) ? Mono.just(known)
				: this.converter.convert(exchange.getRequest()).flatMap((key) -> authenticate(exchange, key));
	}

	/**
	 * Finds out about a request that has to have a key.
	 * @param exchange the exchange
	 * @return whose memory it may use; an error if there is no key, or it is not accepted
	 * or cannot be checked
	 */
	public Mono<KeyContext> require(ServerWebExchange exchange) {
		return resolve(exchange).switchIfEmpty(Mono.error(MemoryKeyNotAcceptedException::missing));
	}

	private Mono<KeyContext> authenticate(ServerWebExchange exchange, MemoryKey key) {
		return this.authenticator.authenticate(key)
			.switchIfEmpty(Mono.error(MemoryKeyNotAcceptedException::invalid))
			.doOnNext((context) -> KeyContext.ATTRIBUTE.set(exchange, context));
	}

}
