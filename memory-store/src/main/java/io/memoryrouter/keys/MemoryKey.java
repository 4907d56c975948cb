package io.memoryrouter.keys;

import java.security.SecureRandom;

/**
 * A Memory Key as it stands in a request: a credential, the pointer to one vault, and the
 * mode that its suffix allows. {@link #toString()} shows no more than the first
 * characters.
 * <p>
 * Form: {@code mk_} and 16 to 64 of {@code [A-Za-z0-9]}, then nothing, {@code :read},
 * {@code :write} or {@code :off}. {@code mk-} is read as {@code mk_}.
 */
public final class MemoryKey {

	private static final String PREFIX = "mk_";

	private static final int MIN_LENGTH = 16;

	private static final int MAX_LENGTH = 64;

	private static final int MINTED_LENGTH = 32;

	private final String secret;

	private final KeyMode mode;

	private MemoryKey(String secret, KeyMode mode) {
		this.secret = secret;
		this.mode = mode;
	}

	/**
	 * Whether a credential means to be a Memory Key, well-formed or not: such a token is
	 * never sent to a provider.
	 * @param token the credential
	 * @return whether it begins as Memory Keys do
	 */
	public static boolean isMeantBy(String token) {
		return token.startsWith(PREFIX) || token.startsWith("mk-");
	}

	/**
	 * Reads a key.
	 * @param token the key with its suffix
	 * @return the key
	 * @throws MalformedMemoryKeyException if it is not of the documented form
	 */
	public static MemoryKey parse(String token) {
		if (!isMeantBy(token)) {
			throw new MalformedMemoryKeyException("A Memory Key begins with 'mk_'");
		}
		int colon = token.indexOf(':');
		int end = (colon >= 0) ? colon : token.length();
		int length = end - PREFIX.length();
		if (length < MIN_LENGTH || length > MAX_LENGTH) {
			throw new MalformedMemoryKeyException("A Memory Key is 'mk_' and 16 to 64 letters or digits");
		}
		for (int i = PREFIX.length(); i < end; i++) {
			if (!isAlphanumeric(token.charAt(i))) {
				throw new MalformedMemoryKeyException("A Memory Key is 'mk_' and 16 to 64 letters or digits");
			}
		}
		KeyMode mode = (colon >= 0) ? suffix(token.substring(colon)) : KeyMode.ON;
		return new MemoryKey(PREFIX + token.substring(PREFIX.length(), end), mode);
	}

	private static KeyMode suffix(String suffix) {
		return switch (suffix) {
			case ":read" -> KeyMode.READ;
			case ":write" -> KeyMode.WRITE;
			case ":off" -> KeyMode.OFF;
			default -> throw new MalformedMemoryKeyException(
					"The suffix of a Memory Key is ':read', ':write' or ':off', in lower case, or absent");
		};
	}

	private static boolean isAlphanumeric(char c) {
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	}

	/**
	 * Makes a new key: 32 base62 characters, 190 bits.
	 * @param random a cryptographically strong source
	 * @return the key, without a suffix
	 */
	public static MemoryKey mint(SecureRandom random) {
		return new MemoryKey(PREFIX + Secrets.base62(random, MINTED_LENGTH), KeyMode.ON);
	}

	/**
	 * What the suffix allows.
	 * @return the mode
	 */
	public KeyMode mode() {
		return this.mode;
	}

	/**
	 * What is stored of the key and what it is looked up by.
	 * @return the SHA-256 of the key without its suffix, in hexadecimal
	 */
	public String hash() {
		return Secrets.sha256(this.secret);
	}

	/**
	 * The key itself, without its suffix: for the one answer that shows it.
	 * @return the secret
	 */
	public String reveal() {
		return this.secret;
	}

	/**
	 * Whether the other is the same key, whatever the suffixes.
	 * @param other the other key
	 * @return whether both name one key
	 */
	public boolean names(MemoryKey other) {
		return Secrets.isEqual(this.secret, other.secret);
	}

	/**
	 * This key with a narrower mode.
	 * @param other the mode to intersect with
	 * @return the key
	 */
	public MemoryKey narrowedTo(KeyMode other) {
		return new MemoryKey(this.secret, this.mode.and(other));
	}

	@Override
	public String toString() {
		return PREFIX + "***";
	}

}
