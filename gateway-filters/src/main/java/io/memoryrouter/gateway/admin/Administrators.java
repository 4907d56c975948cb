package io.memoryrouter.gateway.admin;

import java.util.List;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Everybody who may administer: the authenticators are asked in their order. A Memory
 * Key, which is somebody else's credential, is refused as such.
 */
public final class Administrators {

	private final List<AdministratorAuthenticator> authenticators;

	/**
	 * Takes the ways in.
	 * @param authenticators the ways, none if administration is off
	 */
	public Administrators(List<AdministratorAuthenticator> authenticators) {
		this.authenticators = List.copyOf(authenticators);
	}

	/**
	 * Finds out who sends a request.
	 * @param request the request
	 * @return who; an {@link ApiException} error of 401 if it presents no valid token, of
	 * 403 if administration is off
	 */
	Mono<Administrator> authenticate(ServerHttpRequest request) {
		return Mono.fromCallable(() -> token(request))
			.flatMap((token) -> Flux.fromIterable(this.authenticators)
				.concatMap((authenticator) -> authenticator.authenticate(token))
				.next()
				.switchIfEmpty(Mono.error(() -> refusal(token))));
	}

	private String token(ServerHttpRequest request) {
		if (this.authenticators.isEmpty()) {
			throw new ApiException(new ApiError(HttpStatus.FORBIDDEN, "administration_disabled",
					"Administration is off. The operator turns it on with memoryrouter.admin.token or "
							+ "memoryrouter.admin.jwt",
					null));
		}
		List<String> presented = CredentialPlace.AUTHORIZATION.tokens(request);
		if (presented.size() != 1 || presented.get(0).isEmpty()) {
			throw ApiException.unauthorized("missing_admin_token",
					"Send the administrator's token as 'Authorization: Bearer …'");
		}
		return presented.get(0);
	}

	private static ApiException refusal(String presented) {
		String message = MemoryKey.isMeantBy(presented)
				? "A Memory Key does not administer. Send the administrator's token"
				: "The token is not the administrator's";
		return ApiException.unauthorized("invalid_admin_token", message);
	}

}
