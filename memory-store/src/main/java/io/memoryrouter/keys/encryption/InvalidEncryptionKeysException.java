package io.memoryrouter.keys.encryption;

import org.jspecify.annotations.Nullable;

/**
 * A set of encryption keys cannot be used. The message says where it is and what is wrong
 * with it, in one line, and holds nothing of the keys.
 */
public final class InvalidEncryptionKeysException extends RuntimeException {

	/**
	 * Says what is wrong.
	 * @param message for the operator
	 * @param cause what happened, or {@code null}. Never an exception of a parser, which
	 * quotes what it could not read
	 */
	public InvalidEncryptionKeysException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
