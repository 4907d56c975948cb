package io.memoryrouter.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How secrets are made and what is kept of them.
 */
public final class Secrets {

	private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private Secrets() {
	}

	/**
	 * Random letters and digits, of 5.95 bits each.
	 * @param random a cryptographically strong source
	 * @param length how many
	 * @return the characters
	 */
	static String base62(SecureRandom random, int length) {
		StringBuilder secret = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			secret.append(BASE62.charAt(random.nextInt(BASE62.length())));
		}
		return secret.toString();
	}

	/**
	 * The digest by which a random secret is kept. Guessing at it is as hopeless as at
	 * the secret, so that a slow hash would only cost time.
	 * @param secret the secret
	 * @return its SHA-256, in hexadecimal
	 */
	public static String sha256(String secret) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static boolean isEqual(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
