package io.memoryrouter.keys.provider;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.memoryrouter.keys.encryption.SecretCipher;

/**
 * Encrypts providers' keys, each for its account and its provider. May block.
 */
final class ProviderKeySealer {

	private final SecretCipher cipher;

	ProviderKeySealer(SecretCipher cipher) {
		this.cipher = cipher;
	}

	SealedProviderKey seal(String account, String provider, ProviderKey key, Instant now) {
		SecretCipher.Encrypted encrypted = this.cipher.encrypt(key.reveal(), binding(account, provider));
		return new SealedProviderKey(account, provider, encrypted.jwe(), encrypted.keyId(), key.ending(),
				now.truncatedTo(ChronoUnit.MILLIS));
	}

	ProviderKey open(SealedProviderKey sealed) {
		return new ProviderKey(this.cipher.decrypt(sealed.jwe(), binding(sealed.account(), sealed.provider())));
	}

	/**
	 * Encrypts with the key that encrypts now.
	 * @param sealed the key as it was encrypted before
	 * @return the same key
	 */
	SealedProviderKey sealAnew(SealedProviderKey sealed) {
		return seal(sealed.account(), sealed.provider(), open(sealed), sealed.updatedAt());
	}

	private static Map<String, String> binding(String account, String provider) {
		return Map.of("account", account, "provider", provider);
	}

}
