package io.memoryrouter.keys;

/**
 * A credential that is not of a Memory Key's form. The message says what the form is and
 * never what was sent.
 */
public final class MalformedMemoryKeyException extends RuntimeException {

	public MalformedMemoryKeyException(String message) {
		super(message);
	}

}
