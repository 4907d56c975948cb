package io.memoryrouter.memory.embedded;

import java.nio.ByteBuffer;

import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.CheckedText;

/**
 * Where a list goes on: behind the memory of this time and sequence.
 *
 * @param createdAt the time, in milliseconds since 1970
 * @param sequence the sequence
 */
record PageCursor(long createdAt, long sequence) {

	private static final int LENGTH = 2 * Long.BYTES;

	String toText(VaultId vault) {
		byte[] place = ByteBuffer.allocate(LENGTH).putLong(this.createdAt).putLong(this.sequence).array();
		return CheckedText.encode(place, vault.value());
	}

	/**
	 * Reads a cursor.
	 * @param text what {@link #toText} made
	 * @param vault the vault that is listed
	 * @return the cursor
	 * @throws IllegalArgumentException if the text is no cursor of this vault
	 */
	static PageCursor parse(String text, VaultId vault) {
		ByteBuffer place = ByteBuffer.wrap(CheckedText.decode(text, LENGTH, vault.value()));
		return new PageCursor(place.getLong(), place.getLong());
	}

}
