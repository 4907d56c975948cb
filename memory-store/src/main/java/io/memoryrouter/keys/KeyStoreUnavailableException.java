package io.memoryrouter.keys;

/**
 * Keys cannot be looked up at the moment.
 */
public final class KeyStoreUnavailableException extends RuntimeException {

	public KeyStoreUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
