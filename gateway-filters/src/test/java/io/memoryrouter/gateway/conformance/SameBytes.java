package io.memoryrouter.gateway.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares bodies, and shows of a large one only where it begins to differ.
 */
final class SameBytes {

	private static final int AROUND = 80;

	private SameBytes() {
	}

	static void assertSame(byte[] actual, byte[] expected, String description) {
		int difference = Arrays.mismatch(actual, expected);
		if (difference >= 0) {
			assertThat(excerpt(actual, difference)).as("%s, from byte %d", description, difference)
				.isEqualTo(excerpt(expected, difference));
		}
		assertThat(difference).as("%s: the first byte that differs", description).isEqualTo(-1);
	}

	private static String excerpt(byte[] bytes, int middle) {
		int start = Math.max(0, Math.min(middle, bytes.length) - AROUND);
		int end = Math.min(bytes.length, middle + AROUND);
		return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
	}

}
