package io.memoryrouter.gateway.key;

import io.memoryrouter.gateway.key.claim.UserTokenAuthenticator;
import io.memoryrouter.gateway.request.KeyContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds out whose memory a request may use, for routes and for this product's own
 * endpoints alike:
 * <ol>
 * <li>If something before has set the {@link KeyContext}, it is that one.</li>
 * <li>Else the converter looks for a Memory Key. Empty means that there is none.</li>
 * <li>The authenticator checks the key. What it does not accept is an error.</li>
 * <li>Where there is no key, and users are known by an identity provider's tokens too, it
 * is the bearer of such a token. A Memory Key wins: a token beside it is not looked
 * at.</li>
 * <li>What the key or the token stands for is put on the exchange.</li>
 * </ol>
 * The errors are those that a {@link ServerMemoryKeyFailureHandler} answers.
 */
public final class KeyContextResolver {

	private final ServerMemoryKeyConverter converter;

	private final ServerMemoryKeyAuthenticator authenticator;

	private final @Nullable UserTokenAuthenticator users;

	/**
	 * Makes a resolver.
	 * @param converter finds the key
	 * @param authenticator checks it
	 * @param users knows the bearers of an identity provider's tokens; {@code null} if
	 * only Memory Keys count
	 */
	public KeyContextResolver(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator,
			@Nullable UserTokenAuthenticator users) {
		this.converter = converter;
		this.authenticator = authenticator;
		this.users = users;
	}

	/**
	 * Finds out about a request.
	 * @param exchange the exchange
	 * @return whose memory it may use; empty if it presents neither key nor token; an
	 * error if what it presents is not accepted or cannot be checked
	 */
	Mono<KeyContext> resolve(ServerWebExchange exchange) {
		KeyContext known = KeyContext.ATTRIBUTE.get(exchange);
		return (known != null) ? Mono.just(known) : byKey(exchange).switchIfEmpty(Mono.defer(() -> byToken(exchange)))
			.doOnNext((context) -> KeyContext.ATTRIBUTE.set(exchange, context));
	}

	/**
	 * Finds out about a request that has to be somebody's.
	 * @param exchange the exchange
	 * @return whose memory it may use; an error if there is neither key nor token, or it
	 * is not accepted or cannot be checked
	 */
	public Mono<KeyContext> require(ServerWebExchange exchange) {
		return resolve(exchange).switchIfEmpty(Mono.error(this::missing));
	}

	private Mono<KeyContext> byKey(ServerWebExchange exchange) {
		return this.converter.convert(exchange.getRequest())
			.flatMap((key) -> this.authenticator.authenticate(key)
				.switchIfEmpty(Mono.error(MemoryKeyNotAcceptedException::invalid)));
	}

	private Mono<KeyContext> byToken(ServerWebExchange exchange) {
		return (this.users != null) ? this.users.authenticate(exchange.getRequest()) : Mono.empty();
	}

	private RuntimeException missing() {
		return (this.users != null) ? UserTokenAuthenticator.missing() : MemoryKeyNotAcceptedException.missing();
	}

	/**
	 * Takes out of a request what this resolver may know its sender by: Memory Keys and,
	 * where they count, tokens. Other credentials stay.
	 * @param request the request
	 * @return the request without; the same if it has none
	 */
	ServerHttpRequest strip(ServerHttpRequest request) {
		ServerHttpRequest stripped = RequestMemoryKeyConverter.strip(request);
		return (this.users != null) ? UserTokenAuthenticator.strip(stripped) : stripped;
	}

}
