package io.memoryrouter.memory.embedded.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes as a text that is given away and comes back: a cursor. The text carries a
 * checksum over its owner too, so that one that was altered, or is somebody else's, is
 * recognised. That is a check on mistakes and no secret: what is forged leads nowhere but
 * to another place of its owner's.
 */
public final class CheckedText {

	private static final int CHECKSUM_LENGTH = 8;

	private CheckedText() {
	}

	/**
	 * Writes bytes.
	 * @param bytes the bytes
	 * @param owner whose they are
	 * @return the text, fit for a URL
	 */
	public static String encode(byte[] bytes, String owner) {
		byte[] checked = Arrays.copyOf(bytes, bytes.length + CHECKSUM_LENGTH);
		System.arraycopy(checksum(bytes, owner), 0, checked, bytes.length, CHECKSUM_LENGTH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
	}

	/**
	 * Reads bytes.
	 * @param text what {@link #encode} made
	 * @param length how many bytes it has to hold
	 * @param owner whose it has to be
	 * @return the bytes
	 * @throws IllegalArgumentException if the text is no such text
	 */
	public static byte[] decode(String text, int length, String owner) {
		byte[] checked = bytes(text);
		if (checked.length == length + CHECKSUM_LENGTH) {
			byte[] bytes = Arrays.copyOf(checked, length);
			if (MessageDigest.isEqual(Arrays.copyOfRange(checked, length, checked.length), checksum(bytes, owner))) {
				return bytes;
			}
		}
		throw invalid();
	}

	private static byte[] bytes(String text) {
		try {
			return Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid();
		}
	}

	private static byte[] checksum(byte[] bytes, String owner) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(bytes);
			digest.update(owner.getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(digest.digest(), CHECKSUM_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static IllegalArgumentException invalid() {
		return new IllegalArgumentException("The cursor is not one that a page of this list ended with");
	}

}
