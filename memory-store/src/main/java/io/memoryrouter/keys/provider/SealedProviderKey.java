package io.memoryrouter.keys.provider;

import java.time.Instant;

/**
 * A key as a repository keeps it.
 *
 * @param account the account that it belongs to
 * @param provider the provider that it is for
 * @param jwe the key, encrypted
 * @param encryptionKeyId the encryption key that decrypts it
 * @param ending {@link ProviderKey#ending()}
 * @param updatedAt when it was stored, to the millisecond; encrypting it anew does not
 * count
 */
public record SealedProviderKey(String account, String provider, String jwe, String encryptionKeyId, String ending,
		Instant updatedAt) {

	StoredProviderKey description() {
		return new StoredProviderKey(this.provider, this.ending, this.updatedAt);
	}

	@Override
	public String toString() {
		return "SealedProviderKey[" + this.provider + "]";
	}

}
