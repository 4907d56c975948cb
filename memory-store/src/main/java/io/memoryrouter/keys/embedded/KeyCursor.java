package io.memoryrouter.keys.embedded;

import java.nio.ByteBuffer;

import io.memoryrouter.memory.embedded.database.CheckedText;

/**
 * Where a list of keys goes on: behind the key of this number.
 */
final class KeyCursor {

	private KeyCursor() {
	}

	static String toText(long number, String account) {
		return CheckedText.encode(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), account);
	}

	/**
	 * Reads a cursor.
	 * @throws IllegalArgumentException if it is none of this account
	 */
	static long parse(String cursor, String account) {
		return ByteBuffer.wrap(CheckedText.decode(cursor, Long.BYTES, account)).getLong();
	}

}
