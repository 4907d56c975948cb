package io.memoryrouter.gateway.key.claim;

import java.util.function.Function;

import io.memoryrouter.gateway.jwt.IdentityProviderUnavailableException;
import io.memoryrouter.gateway.jwt.InvalidJwtException;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.MemoryControls;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.keys.KeyRecord;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds out whose memory a request may use by the token of an identity provider:
 * <ol>
 * <li>The token is looked for where Memory Keys stand. Empty means that there is
 * none.</li>
 * <li>It is checked, unless it was a moment ago. What is not accepted is an error.</li>
 * <li>What a Memory Key's suffix would say stands in {@code X-Memory-Mode}.</li>
 * </ol>
 */
public final class UserTokenAuthenticator {

	private static final String CODE = "invalid_user_token";

	private final Function<String, Mono<KeyRecord>> users;

	/**
	 * Makes an authenticator.
	 * @param users what a token stands for, with the errors of
	 * {@link io.memoryrouter.gateway.jwt.JwtVerifier#verify}
	 */
	UserTokenAuthenticator(Function<String, Mono<KeyRecord>> users) {
		this.users = users;
	}

	/**
	 * Finds out about a request.
	 * @param request the request
	 * @return whose memory it may use; empty if it presents no token. An
	 * {@link ApiException} error if there are two, or the mode cannot be read (400), the
	 * token is not accepted (401), it names nobody (403), or that cannot be told at the
	 * moment (503)
	 */
	public Mono<KeyContext> authenticate(ServerHttpRequest request) {
		return Mono.fromCallable(() -> UserTokens.find(request))
			.flatMap((token) -> authenticate(request, token))
			.onErrorMap(InvalidJwtException.class, (ex) -> invalid())
			.onErrorMap(IdentityProviderUnavailableException.class, UserTokenAuthenticator::unavailable);
	}

	private Mono<KeyContext> authenticate(ServerHttpRequest request, String token) {
		if (request.getHeaders().getOrEmpty(MemoryHeaders.PROVIDER_KEY).stream().anyMatch(token::equals)) {
			return Mono.error(ApiException.unauthorized("invalid_provider_key", "'" + MemoryHeaders.PROVIDER_KEY
					+ "' holds the user's token, which is for no provider: send the provider's key"));
		}
		return this.users.apply(token).map((key) -> new KeyContext(key, MemoryControls.allowedByHeader(request)));
	}

	/**
	 * The error of a request that has neither token nor Memory Key.
	 * @return an error of status 401
	 */
	public static ApiException missing() {
		return ApiException.unauthorized("missing_user_token",
				"The request has no token of the identity provider: send it as 'Authorization: Bearer …', or a Memory Key");
	}

	private static ApiException invalid() {
		return ApiException.unauthorized(CODE,
				"The token is not accepted: it has to be valid now, signed by the configured issuer, and for this audience");
	}

	private static ApiException unavailable(Throwable ex) {
		return ApiException.unavailable("identity_provider_unavailable",
				"The token cannot be checked at the moment. Try again", ex);
	}

	/**
	 * Takes tokens out of a request, valid or not. Other credentials stay.
	 * @param request the request
	 * @return the request without
	 */
	public static ServerHttpRequest strip(ServerHttpRequest request) {
		return UserTokens.strip(request);
	}

}
