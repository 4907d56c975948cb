package io.memoryrouter.keys.encryption;

/**
 * Where the encryption keys come from. They may change while the process runs.
 */
@FunctionalInterface
public interface EncryptionKeySource {

	/**
	 * The keys as they are known. Does not block.
	 * @return the keys; none where a deployment has not set any
	 */
	EncryptionKeys keys();

	/**
	 * Looks whether the keys have changed. May block; a set that has become unusable is
	 * logged, and the keys known before stay.
	 */
	default void refresh() {
	}

}
