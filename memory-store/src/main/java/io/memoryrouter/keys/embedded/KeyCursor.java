package io.memoryrouter.keys.embedded;

import java.nio.ByteBuffer;

import io.memoryrouter.memory.paging.SealedCursors;

/**
 * Where a list of keys goes on: behind the key of this number.
 */
final class KeyCursor {

	private static final String LIST = "keys";

	private KeyCursor() {
	}

	static String seal(long number, SealedCursors cursors, String account) {
		return cursors.seal(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), LIST, account);
	}

	/**
	 * Reads a cursor.
	 * @throws IllegalArgumentException if it is none of this account
	 */
	static long open(String cursor, SealedCursors cursors, String account) {
		return ByteBuffer.wrap(cursors.open(cursor, Long.BYTES, LIST, account)).getLong();
	}

}
