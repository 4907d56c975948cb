package io.memoryrouter.gateway.admin;

import java.util.EnumSet;

import io.memoryrouter.keys.AdminTokens;
import reactor.core.publisher.Mono;

/**
 * Lets the bearer of the one static token in, who administers the account
 * {@code default}, all of it.
 */
public final class TokenAdministratorAuthenticator implements AdministratorAuthenticator {

	private static final Administrator ADMINISTRATOR = new Administrator("default", "token",
			EnumSet.of(AdminScope.ADMIN));

	private final AdminTokens tokens;

	/**
	 * Makes an authenticator.
	 * @param tokens know the token
	 */
	public TokenAdministratorAuthenticator(AdminTokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public Mono<Administrator> authenticate(String token) {
		return Mono.fromSupplier(() -> this.tokens.accepts(token) ? ADMINISTRATOR : null);
	}

}
