package io.memoryrouter.memory.retrieval;

import java.util.TreeSet;

import io.memoryrouter.memory.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one session in the order in which they were said. Memories without a
 * session are together in one that has no id.
 * <p>
 * Guarded by the lock of the {@link VaultIndex}.
 */
final class SessionTurns {

	/** How many turns on each side a turn is read together with. */
	static final int NEIGHBOURS = 2;

	/** How often a turn's own words count when it is read with its neighbours. */
	static final int OWN_WEIGHT = 3;

	final @Nullable SessionId id;

	/** Where the session is in the arrays of the index. */
	final int ordinal;

	private final TreeSet<Turn> turns = new TreeSet<>(Turn.CHRONOLOGICAL);

	private int length;

	SessionTurns(@Nullable SessionId id, int ordinal) {
		this.id = id;
		this.ordinal = ordinal;
	}

	boolean isEmpty() {
		return this.turns.isEmpty();
	}

	/**
	 * How long the turns are together.
	 * @return the number of terms
	 */
	int length() {
		return this.length;
	}

	/**
	 * Puts a turn in its place.
	 * @param turn the turn
	 * @return by how much the turns with their neighbours grew, all together
	 */
	long add(Turn turn) {
		this.turns.add(turn);
		this.length += turn.length;
		link(this.turns.lower(turn), turn);
		link(turn, this.turns.higher(turn));
		return measure(turn) + measureAround(turn.previous, turn.next);
	}

	/**
	 * Takes a turn out.
	 * @param turn the turn
	 * @return by how much the turns with their neighbours grew, all together; negative
	 */
	long remove(Turn turn) {
		this.turns.remove(turn);
		this.length -= turn.length;
		Turn previous = turn.previous;
		Turn next = turn.next;
		link(previous, next);
		return measureAround(previous, next) - turn.contextLength;
	}

	private static void link(@Nullable Turn first, @Nullable Turn second) {
		if (first != null) {
			first.next = second;
		}
		if (second != null) {
			second.previous = first;
		}
	}

	private static long measureAround(@Nullable Turn previous, @Nullable Turn next) {
		long growth = 0;
		Turn before = previous;
		Turn after = next;
		for (int i = 0; i < NEIGHBOURS; i++) {
			if (before != null) {
				growth += measure(before);
				before = before.previous;
			}
			if (after != null) {
				growth += measure(after);
				after = after.next;
			}
		}
		return growth;
	}

	private static long measure(Turn turn) {
		int length = OWN_WEIGHT * turn.length;
		Turn before = turn.previous;
		Turn after = turn.next;
		for (int i = 0; i < NEIGHBOURS; i++) {
			if (before != null) {
				length += before.length;
				before = before.previous;
			}
			if (after != null) {
				length += after.length;
				after = after.next;
			}
		}
		long growth = length - turn.contextLength;
		turn.contextLength = length;
		return growth;
	}

}
