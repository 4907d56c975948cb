package io.memoryrouter.gateway.admin;

import reactor.core.publisher.Mono;

/**
 * Finds out who administers, by the bearer token of a request.
 */
@FunctionalInterface
public interface AdministratorAuthenticator {

	/**
	 * Checks a token.
	 * @param token the token, not empty
	 * @return whose it is; empty if it is not of the kind that is known here. An
	 * {@link io.memoryrouter.gateway.support.ApiException} error of 401 if it is of that
	 * kind but not accepted, of 503 if that cannot be told at the moment
	 */
	Mono<Administrator> authenticate(String token);

}
