package io.memoryrouter.keys.encryption;

import org.jspecify.annotations.Nullable;

/**
 * A secret cannot be decrypted: the encryption key is gone, or it was made for something
 * else, or somebody changed it. The message holds nothing of it.
 */
public final class UndecryptableSecretException extends RuntimeException {

	UndecryptableSecretException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
