package io.memoryrouter.memory.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Seals what a memory says with a key of its own, so that overwriting 16 bytes erases
 * every copy of it that the file may hold. The keys lie in the same database: this is for
 * forgetting, and protects nothing that is still remembered.
 * <p>
 * AES-128 in counter mode; each value has a random initial counter, which stands before
 * it. There is no authentication, since nothing is gained by altering a file that one can
 * write anyway. Used by one thread at a time.
 */
final class Seal {

	static final int KEY_LENGTH = 16;

	private static final int COUNTER_LENGTH = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Cipher cipher;

	Seal() {
		try {
			this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
		}
		catch (GeneralSecurityException ex) {
			throw impossible(ex);
		}
	}

	static byte[] newKey() {
		return random(KEY_LENGTH);
	}

	byte[] seal(byte[] key, byte[] value) {
		byte[] sealed = Arrays.copyOf(random(COUNTER_LENGTH), COUNTER_LENGTH + value.length);
		try {
			init(Cipher.ENCRYPT_MODE, key, sealed);
			this.cipher.doFinal(value, 0, value.length, sealed, COUNTER_LENGTH);
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw impossible(ex);
		}
	}

	byte[] sealText(byte[] key, String text) {
		return seal(key, text.getBytes(StandardCharsets.UTF_8));
	}

	byte @Nullable [] sealOrNull(byte[] key, @Nullable String text) {
		return (text != null) ? sealText(key, WellFormed.text(text)) : null;
	}

	byte[] open(byte[] key, byte[] sealed) {
		try {
			init(Cipher.DECRYPT_MODE, key, sealed);
			return this.cipher.doFinal(sealed, COUNTER_LENGTH, sealed.length - COUNTER_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw impossible(ex);
		}
	}

	String openText(byte[] key, byte[] sealed) {
		return new String(open(key, sealed), StandardCharsets.UTF_8);
	}

	private void init(int mode, byte[] key, byte[] sealed) throws GeneralSecurityException {
		this.cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(sealed, 0, COUNTER_LENGTH));
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	private static IllegalStateException impossible(GeneralSecurityException ex) {
		return new IllegalStateException("Every Java platform has AES in counter mode", ex);
	}

}
