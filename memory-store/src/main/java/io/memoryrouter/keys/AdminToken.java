package io.memoryrouter.keys;

import java.security.SecureRandom;

/**
 * The administrator's bearer token. {@link #toString()} does not show it.
 */
public final class AdminToken {

	/** The least length of a token, in characters. */
	public static final int MIN_LENGTH = 16;

	private static final String PREFIX = "mra_";

	private static final int MINTED_LENGTH = 43;

	private final String secret;

	private AdminToken(String secret) {
		this.secret = secret;
	}

	/**
	 * A token that somebody chose.
	 * @param secret the token
	 * @return the token
	 * @throws IllegalArgumentException if it is too short; the message is fit for an
	 * operator's eyes
	 */
	public static AdminToken of(String secret) {
		if (secret.length() < MIN_LENGTH || secret.isBlank()) {
			throw new IllegalArgumentException(
					"The administrator's token (memoryrouter.admin.token) must have at least " + MIN_LENGTH
							+ " characters: configure a longer one");
		}
		return new AdminToken(secret);
	}

	/**
	 * Makes a token: {@code mra_} and 43 base62 characters, 256 bits.
	 * @param random a cryptographically strong source
	 * @return the token
	 */
	public static AdminToken mint(SecureRandom random) {
		return new AdminToken(PREFIX + Secrets.base62(random, MINTED_LENGTH));
	}

	/**
	 * What is kept of the token.
	 * @return its SHA-256, in hexadecimal
	 */
	public String hash() {
		return Secrets.sha256(this.secret);
	}

	/**
	 * The token itself: for the one time that it is shown.
	 * @return the secret
	 */
	public String reveal() {
		return this.secret;
	}

	@Override
	public String toString() {
		return "AdminToken[***]";
	}

}
