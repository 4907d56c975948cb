package io.memoryrouter.memory.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import io.memoryrouter.memory.VaultId;

/**
 * Where a list goes on: behind the memory of this time and sequence. Its text carries a
 * checksum over the vault's id too, so that a cursor that was altered, or is of another
 * vault, is recognised. That is a check on mistakes and no secret: a forged cursor leads
 * nowhere but to another page of the same vault.
 *
 * @param createdAt the time, in milliseconds since 1970
 * @param sequence the sequence
 */
record PageCursor(long createdAt, long sequence) {

	private static final int PLACE_LENGTH = 2 * Long.BYTES;

	private static final int CHECKSUM_LENGTH = 8;

	String toText(VaultId vault) {
		byte[] place = ByteBuffer.allocate(PLACE_LENGTH).putLong(this.createdAt).putLong(this.sequence).array();
		byte[] bytes = Arrays.copyOf(place, PLACE_LENGTH + CHECKSUM_LENGTH);
		System.arraycopy(checksum(vault, place), 0, bytes, PLACE_LENGTH, CHECKSUM_LENGTH);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Reads a cursor.
	 * @param text what {@link #toText} made
	 * @param vault the vault that is listed
	 * @return the cursor
	 * @throws IllegalArgumentException if the text is no cursor of this vault
	 */
	static PageCursor parse(String text, VaultId vault) {
		byte[] bytes = decode(text);
		byte[] place = Arrays.copyOf(bytes, PLACE_LENGTH);
		byte[] checksum = Arrays.copyOfRange(bytes, PLACE_LENGTH, PLACE_LENGTH + CHECKSUM_LENGTH);
		if (!MessageDigest.isEqual(checksum, checksum(vault, place))) {
			throw invalid();
		}
		ByteBuffer buffer = ByteBuffer.wrap(place);
		return new PageCursor(buffer.getLong(), buffer.getLong());
	}

	private static byte[] decode(String text) {
		byte[] bytes;
		try {
			bytes = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid();
		}
		if (bytes.length != PLACE_LENGTH + CHECKSUM_LENGTH) {
			throw invalid();
		}
		return bytes;
	}

	private static byte[] checksum(VaultId vault, byte[] place) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(place);
			digest.update(vault.value().getBytes(StandardCharsets.US_ASCII));
			return Arrays.copyOf(digest.digest(), CHECKSUM_LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static IllegalArgumentException invalid() {
		return new IllegalArgumentException("The cursor is not one that a page of this vault ended with");
	}

}
