package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * All that ranking needs of one vault, in memory: a replica of the vault's log up to a
 * {@link #position()}.
 * <p>
 * Many threads read at once and one writes, under a read-write lock. Copies that never
 * change would spare readers the lock, but each new memory would then copy what grows
 * with the vault; and a write here takes microseconds, so that readers hardly wait. What
 * the log says is applied in order and twice does no harm: two recalls may bring the
 * index up to date at the same time.
 * <p>
 * The class is longer than others since all that the one lock guards stands here.
 */
final class VaultIndex {

	/** Turns of at most this many terms on average are talk; longer ones are writing. */
	private static final int MAX_SHORT_TURN = 80;

	/** Growth by less than this many bytes is not worth telling the cache. */
	private static final long SMALL_GROWTH = 64 << 10;

	/** The bytes of a turn beside its text, vector and postings: measured. */
	private static final int TURN_BYTES = 420;

	/** The bytes of a term beside its postings: measured. */
	private static final int TERM_BYTES = 150;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final VaultId vault;

	private final String model;

	private final Map<String, Turn> turnsById = new HashMap<>();

	private final Map<@Nullable SessionId, SessionTurns> sessions = new HashMap<>();

	private final Slots turnSlots = new Slots();

	private final Slots sessionSlots = new Slots();

	private @Nullable Turn[] turns = new @Nullable Turn[8];

	private final List<@Nullable SessionTurns> sessionsByOrdinal = new ArrayList<>();

	private final WordIndex words = new WordIndex();

	private final VectorBlocks vectors;

	private final Speakers speakers = new Speakers();

	private long textBytes;

	private volatile long position;

	private volatile long bytes;

	private volatile long weighed;

	/**
	 * Makes an empty index.
	 * @param vault the vault
	 * @param model the model whose vectors are compared; others count as missing
	 * @param dimensions the number of components of its vectors
	 */
	VaultIndex(VaultId vault, String model, int dimensions) {
		this.vault = vault;
		this.model = model;
		this.vectors = new VectorBlocks(dimensions);
	}

	/**
	 * Up to where the log has been applied.
	 * @return the position of the last change, 0 if there was none
	 */
	long position() {
		return this.position;
	}

	/**
	 * Applies what the log says.
	 * @param changes changes in the order of the log, without a gap after
	 * {@link #position()}; those up to it are passed over
	 */
	void apply(List<Change> changes) {
		this.lock.writeLock().lock();
		try {
			for (Change change : changes) {
				if (change.position() > this.position) {
					apply(change);
					this.position = change.position();
				}
			}
			this.bytes = estimateBytes();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * Reads without anything changing meanwhile.
	 * @param reader what to do; must not keep what it is given
	 * @param <T> what comes of it
	 * @return the result
	 */
	<T> T read(Function<VaultIndex, T> reader) {
		this.lock.readLock().lock();
		try {
			return reader.apply(this);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	VaultId vault() {
		return this.vault;
	}

	/**
	 * Tells the cache how much memory this takes, and keeps in mind what was told.
	 * @return an estimate, in bytes
	 */
	long weigh() {
		this.weighed = this.bytes;
		return this.weighed;
	}

	/**
	 * Whether the cache should ask for the weight again.
	 * @return whether it has changed by more than a tenth since
	 */
	boolean hasOutgrownWeight() {
		return Math.abs(this.bytes - this.weighed) > Math.max(this.weighed / 10, SMALL_GROWTH);
	}

	/**
	 * Whether people talk with each other here, rather than one with an assistant. Their
	 * turns are short, belong together, and tell who said them. An assistant's replies
	 * are long and repeat what they reply to.
	 * @return whether most turns have named speakers, several of them, and are short
	 */
	boolean isAmongPeople() {
		return this.speakers.size() > 1 && 2 * this.speakers.turns() > size()
				&& this.words.people().size() >= 2 * this.words.assistant().size()
				&& this.words.people().meanLength() <= MAX_SHORT_TURN;
	}

	int size() {
		return this.turnsById.size();
	}

	/**
	 * How far slots reach.
	 * @return one more than the greatest slot
	 */
	int slots() {
		return this.turnSlots.limit();
	}

	@Nullable Turn turnOrNull(int slot) {
		return this.turns[slot];
	}

	/**
	 * Reads a turn.
	 * @param slot the slot of a turn that there is
	 * @return the turn
	 */
	Turn turn(int slot) {
		return Objects.requireNonNull(this.turns[slot], "This slot is free");
	}

	@Nullable SessionTurns sessionOrNull(SessionId id) {
		return this.sessions.get(id);
	}

	/**
	 * Reads a session.
	 * @param ordinal the ordinal of a session that there is
	 * @return the session
	 */
	SessionTurns session(int ordinal) {
		return Objects.requireNonNull(this.sessionsByOrdinal.get(ordinal), "This ordinal is free");
	}

	/**
	 * How far the ordinals of sessions reach.
	 * @return one more than the greatest ordinal
	 */
	int sessionSlots() {
		return this.sessionSlots.limit();
	}

	WordIndex words() {
		return this.words;
	}

	VectorBlocks vectors() {
		return this.vectors;
	}

	Speakers speakers() {
		return this.speakers;
	}

	private long estimateBytes() {
		return this.vectors.bytes() + this.textBytes + (long) size() * TURN_BYTES
				+ this.words.entries() * Postings.ENTRY_BYTES + (long) this.words.terms() * TERM_BYTES;
	}

	private void apply(Change change) {
		if (change instanceof Change.Put put) {
			put(put);
		}
		else if (change instanceof Change.Delete delete) {
			Turn turn = this.turnsById.get(delete.id());
			if (turn != null) {
				remove(turn);
			}
		}
	}

	private void put(Change.Put put) {
		Turn turn = this.turnsById.get(put.memory().id());
		if (turn != null && !turn.memory.equals(put.memory())) {
			remove(turn);
			turn = null;
		}
		if (turn == null) {
			turn = add(put.memory(), put.sequence());
		}
		Embedding embedding = put.embedding();
		if (embedding != null && embedding.model().equals(this.model)) {
			this.vectors.set(turn.slot, embedding.vector());
		}
		else {
			this.vectors.clear(turn.slot);
		}
	}

	private Turn add(Memory memory, long sequence) {
		SessionTurns session = this.sessions.computeIfAbsent(memory.session(), this::addSession);
		TurnTerms terms = TurnTerms.of(memory);
		Turn turn = new Turn(memory, sequence, this.turnSlots.take(), session, terms,
				this.speakers.add(memory.speaker()));
		if (turn.slot == this.turns.length) {
			this.turns = Arrays.copyOf(this.turns, 2 * turn.slot);
		}
		this.turns[turn.slot] = turn;
		this.turnsById.put(memory.id(), turn);
		this.textBytes += 2L * memory.text().length();
		this.words.add(turn, terms);
		return turn;
	}

	private SessionTurns addSession(@Nullable SessionId id) {
		SessionTurns session = new SessionTurns(id, this.sessionSlots.take());
		if (session.ordinal == this.sessionsByOrdinal.size()) {
			this.sessionsByOrdinal.add(session);
		}
		else {
			this.sessionsByOrdinal.set(session.ordinal, session);
		}
		return session;
	}

	private void remove(Turn turn) {
		this.words.remove(turn, TurnTerms.of(turn.memory));
		this.textBytes -= 2L * turn.memory.text().length();
		this.turnsById.remove(turn.memory.id());
		this.turns[turn.slot] = null;
		this.vectors.clear(turn.slot);
		this.turnSlots.give(turn.slot);
		this.speakers.remove(turn.speaker);
		if (turn.session.isEmpty()) {
			this.sessions.remove(turn.session.id);
			this.sessionsByOrdinal.set(turn.session.ordinal, null);
			this.sessionSlots.give(turn.session.ordinal);
		}
	}

	/**
	 * Numbers that are given out again when they come back, the smallest first, so that
	 * arrays by slot stay dense.
	 */
	private static final class Slots {

		private final BitSet taken = new BitSet();

		private int limit;

		int take() {
			int slot = this.taken.nextClearBit(0);
			this.taken.set(slot);
			this.limit = Math.max(this.limit, slot + 1);
			return slot;
		}

		void give(int slot) {
			this.taken.clear(slot);
		}

		int limit() {
			return this.limit;
		}

	}

}
