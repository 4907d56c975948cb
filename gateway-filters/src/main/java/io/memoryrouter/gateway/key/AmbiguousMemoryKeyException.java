package io.memoryrouter.gateway.key;

/**
 * A request presents two different Memory Keys.
 */
public final class AmbiguousMemoryKeyException extends RuntimeException {

	public AmbiguousMemoryKeyException() {
		super("The request presents two different Memory Keys");
	}

}
