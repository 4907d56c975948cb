package io.memoryrouter.memory.paging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Makes cursors of places in lists, and places of cursors that come back.
 * <p>
 * A cursor is sealed (AES-256-GCM, its nonce before it, base64url around it) together
 * with a description of the list: its account or vault, its filter. So nobody reads a
 * place out of it, and one that was altered, made up, or taken from another list is
 * recognised. The key is the store's: cursors outlive the process, and all processes on
 * one store take each other's.
 * <p>
 * A nonce is what NIST SP 800-38D (8.2.1) calls a fixed field, here a random one of 56
 * bits for each instance, and a counter of 40 bits: nothing waits for random numbers
 * while a list is read.
 */
public final class SealedCursors {

	/** The length of a key, in bytes. */
	public static final int KEY_LENGTH = 32;

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int NONCE_LENGTH = 12;

	private static final int TAG_LENGTH = 16;

	private static final int COUNTER_LENGTH = 5;

	private static final long MAX_COUNT = 1L << (COUNTER_LENGTH * Byte.SIZE);

	private final SecretKeySpec key;

	private final byte[] fixedField = random(NONCE_LENGTH - COUNTER_LENGTH);

	private final AtomicLong count = new AtomicLong();

	/**
	 * Uses a key. May block for a moment, unlike all that follows.
	 * @param key the store's key, of {@value #KEY_LENGTH} bytes
	 */
	public SealedCursors(byte[] key) {
		if (key.length != KEY_LENGTH) {
			throw new IllegalArgumentException("The key of cursors has " + KEY_LENGTH + " bytes");
		}
		this.key = new SecretKeySpec(key, "AES");
		// Loads the cipher, which reads files.
		seal(new byte[0]);
	}

	/**
	 * Makes a key, for the store to keep.
	 * @return the key
	 */
	public static byte[] newKey() {
		return random(KEY_LENGTH);
	}

	/**
	 * Makes a cursor.
	 * @param place where the list goes on, in the store's own form
	 * @param list what tells this list from others: its kind, whose it is, its filter
	 * @return the cursor, fit for a URL
	 */
	public String seal(byte[] place, @Nullable String... list) {
		byte[] nonce = nextNonce();
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, list).doFinal(place);
			return encode(ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has AES in Galois counter mode", ex);
		}
	}

	/**
	 * Reads a cursor.
	 * @param cursor what came back
	 * @param length how many bytes the place has
	 * @param list the list that is asked for, as it was given to {@link #seal}
	 * @return the place
	 * @throws IllegalArgumentException if it is no cursor of this list
	 */
	public byte[] open(String cursor, int length, @Nullable String... list) {
		byte[] bytes = decode(cursor);
		if (bytes.length != NONCE_LENGTH + length + TAG_LENGTH) {
			throw invalid();
		}
		try {
			return cipher(Cipher.DECRYPT_MODE, bytes, list).doFinal(bytes, NONCE_LENGTH, length + TAG_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw invalid();
		}
	}

	private byte[] nextNonce() {
		long number = this.count.getAndIncrement();
		if (number >= MAX_COUNT) {
			throw new IllegalStateException("This process has made as many cursors as it may");
		}
		byte[] nonce = Arrays.copyOf(this.fixedField, NONCE_LENGTH);
		for (int i = NONCE_LENGTH - 1; i >= this.fixedField.length; i--) {
			nonce[i] = (byte) number;
			number >>>= Byte.SIZE;
		}
		return nonce;
	}

	private Cipher cipher(int mode, byte[] nonce, @Nullable String... list) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, this.key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce, 0, NONCE_LENGTH));
		for (String part : list) {
			// Each with its length, so that no two lists look the same.
			byte[] bytes = (part != null) ? part.getBytes(StandardCharsets.UTF_8) : new byte[0];
			cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt((part != null) ? bytes.length : -1).flip());
			cipher.updateAAD(bytes);
		}
		return cipher;
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Bits that stand for nothing count as well. */
	private static byte[] decode(String cursor) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(cursor);
			if (encode(bytes).equals(cursor)) {
				return bytes;
			}
		}
		catch (IllegalArgumentException ex) {
			// Refused below like all that is no cursor.
		}
		throw invalid();
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	private static IllegalArgumentException invalid() {
		return new IllegalArgumentException("The cursor is not one that a page of this list ended with");
	}

}
