package io.memoryrouter.keys.encryption;

/**
 * Something was to be encrypted and there is no key for it. The message is fit for the
 * caller.
 */
public final class MissingEncryptionKeysException extends RuntimeException {

	MissingEncryptionKeysException() {
		super("This deployment has no encryption key, and nothing is stored unencrypted. The operator sets "
				+ "memoryrouter.encryption.jwkset");
	}

}
