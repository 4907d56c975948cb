package io.memoryrouter.gateway.receipt;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes the ids of receipts: {@code rcpt_} and 32 hexadecimal digits, 128 random bits.
 * <p>
 * The platform's usual source reads a device now and then, which is nothing for an event
 * loop. So the bits come from a generator of NIST SP 800-90A that is seeded when this is
 * made and computes from then on.
 */
final class ReceiptIds {

	private static final String PREFIX = "rcpt_";

	private static final int BYTES = 16;

	private final SecureRandom random;

	ReceiptIds() {
		this.random = generator();
		// The first bits are what it is seeded for.
		next();
	}

	private static SecureRandom generator() {
		try {
			return SecureRandom.getInstance("DRBG");
		}
		catch (NoSuchAlgorithmException ex) {
			return new SecureRandom();
		}
	}

	String next() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return PREFIX + HexFormat.of().formatHex(bytes);
	}

}
