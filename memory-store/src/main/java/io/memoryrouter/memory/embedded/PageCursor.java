package io.memoryrouter.memory.embedded;

import java.nio.ByteBuffer;
import java.time.Instant;

import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.paging.SealedCursors;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: behind the memory of this time and sequence.
 *
 * @param createdAt the time, in milliseconds since 1970
 * @param sequence the sequence
 */
record PageCursor(long createdAt, long sequence) {

	private static final int LENGTH = 2 * Long.BYTES;

	String seal(SealedCursors cursors, VaultId vault, MemoryFilter filter) {
		byte[] place = ByteBuffer.allocate(LENGTH).putLong(this.createdAt).putLong(this.sequence).array();
		return cursors.seal(place, list(vault, filter));
	}

	/**
	 * Reads a cursor.
	 * @param text what {@link #seal} made
	 * @param cursors reads cursors
	 * @param vault the vault that is listed
	 * @param filter which memories are listed
	 * @return the cursor
	 * @throws IllegalArgumentException if the text is no cursor of this list
	 */
	static PageCursor open(String text, SealedCursors cursors, VaultId vault, MemoryFilter filter) {
		ByteBuffer place = ByteBuffer.wrap(cursors.open(text, LENGTH, list(vault, filter)));
		return new PageCursor(place.getLong(), place.getLong());
	}

	private static @Nullable String[] list(VaultId vault, MemoryFilter filter) {
		return new @Nullable String[] { "memories", vault.value(),
				(filter.session() != null) ? filter.session().value() : null,
				(filter.role() != null) ? filter.role().name() : null, filter.words(), text(filter.since()),
				text(filter.until()) };
	}

	private static @Nullable String text(@Nullable Instant time) {
		return (time != null) ? time.toString() : null;
	}

}
