package io.memoryrouter.gateway.jwt;

/**
 * A token is not accepted. Why is nobody's business who has no valid one.
 */
public final class InvalidJwtException extends RuntimeException {

	InvalidJwtException(Throwable cause) {
		super("The token is not accepted", cause, false, false);
	}

}
