package io.memoryrouter.keys.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.memoryrouter.keys.MemoryKey;
import org.jspecify.annotations.Nullable;

/**
 * A provider's secret key. It is not shown by {@link #toString()}.
 */
public final class ProviderKey {

	/** The least length of a key that is stored, in characters. */
	public static final int MIN_STORED_LENGTH = 8;

	/** The greatest length of a key that is stored, in characters. */
	public static final int MAX_STORED_LENGTH = 4096;

	private static final int ENDING_LENGTH = 4;

	/** Of a short key less is shown: no more than one character in three. */
	private static final int ENDING_SHARE = 3;

	private final String secret;

	/**
	 * Takes a key as it is.
	 * @param secret the key
	 * @throws IllegalArgumentException if it is blank
	 */
	public ProviderKey(String secret) {
		if (secret.isBlank()) {
			throw new IllegalArgumentException("A provider key is not empty");
		}
		this.secret = secret;
	}

	/**
	 * Whether a text can be a provider's key at all.
	 * @param secret the text
	 * @return whether it is printable ASCII without a space, and no Memory Key
	 */
	public static boolean isWellFormed(String secret) {
		return !secret.isEmpty() && secret.chars().allMatch((c) -> c > ' ' && c < 0x7f) && !MemoryKey.isMeantBy(secret);
	}

	/**
	 * The key itself: for the one header that carries it to the provider.
	 * @return the secret
	 */
	public String reveal() {
		return this.secret;
	}

	/**
	 * The end of the key, by which its owner knows it again.
	 * @return the last four characters; fewer of a key shorter than twelve
	 */
	public String ending() {
		int length = Math.min(ENDING_LENGTH, this.secret.length() / ENDING_SHARE);
		return this.secret.substring(this.secret.length() - length);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ProviderKey key && MessageDigest.isEqual(bytes(), key.bytes());
	}

	@Override
	public int hashCode() {
		return this.secret.hashCode();
	}

	private byte[] bytes() {
		return this.secret.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "***";
	}

}
