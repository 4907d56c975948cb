package io.memoryrouter.memory.embedded.database;

/**
 * The folder of the embedded store cannot be used. The message is one sentence that says
 * what is wrong and what to do about it, fit for an operator's eyes.
 */
public final class EmbeddedDatabaseException extends RuntimeException {

	public EmbeddedDatabaseException(String message) {
		super(message);
	}

	public EmbeddedDatabaseException(String message, Throwable cause) {
		super(message, cause);
	}

}
