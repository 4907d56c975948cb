package io.memoryrouter.gateway.jwt;

/**
 * Tokens cannot be checked at the moment: the keys of the identity provider cannot be
 * had, or too many checks are waiting.
 */
public final class IdentityProviderUnavailableException extends RuntimeException {

	IdentityProviderUnavailableException(Throwable cause) {
		super("Tokens cannot be checked at the moment", cause);
	}

}
