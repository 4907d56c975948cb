package io.memoryrouter.memory;

import org.jspecify.annotations.Nullable;

/**
 * An entry in the log of a vault.
 */
public sealed interface Change {

	/**
	 * Where in the log it stands. Positions of a vault only grow, and may have gaps.
	 * @return a positive number
	 */
	long position();

	/**
	 * A memory was stored, or something of it changed: its text, or its vector has come.
	 *
	 * @param position where in the log this is
	 * @param sequence the memory's place in the order of arrival in its vault: given once
	 * and never changed. Equal times are told apart by it
	 * @param memory the memory as it is now
	 * @param embedding its vector, or {@code null} as long as there is none
	 */
	record Put(long position, long sequence, Memory memory, @Nullable Embedding embedding) implements Change {

	}

	/**
	 * A memory was deleted.
	 *
	 * @param position where in the log this is
	 * @param id the id of the memory
	 */
	record Delete(long position, String id) implements Change {

	}

}
