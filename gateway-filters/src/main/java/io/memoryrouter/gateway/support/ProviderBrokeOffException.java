package io.memoryrouter.gateway.support;

/**
 * A provider's connection broke while its answer was being read. Neither an
 * {@link java.io.IOException} nor caused by one, on purpose: Spring's HTTP layer would
 * take the provider's "connection reset" for the client's and end the answer as if it
 * were whole, and the client could not tell.
 */
public final class ProviderBrokeOffException extends RuntimeException {

	/**
	 * Stands in for an error of the connection.
	 * @param error the error; it is named, and not kept as the cause
	 */
	public ProviderBrokeOffException(Throwable error) {
		super("The provider broke off its answer (" + error.getClass().getSimpleName() + ")");
	}

}
