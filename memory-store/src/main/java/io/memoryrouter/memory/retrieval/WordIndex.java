package io.memoryrouter.memory.retrieval;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The words of a vault: which turns have a term, and the {@link Population populations}
 * that their words are weighed against.
 * <p>
 * Only a turn's own terms are kept. What it is together with its neighbours, and what a
 * session is as a whole, is put together from them for the terms of a question
 * ({@link WordScorer}): exact, and a fifth of the size.
 * <p>
 * Guarded by the lock of the {@link VaultIndex}.
 */
final class WordIndex {

	private final Map<String, Postings> postings = new HashMap<>();

	private final Population people = new Population();

	private final Population assistant = new Population();

	private final Population contexts = new Population();

	private final Population sessions = new Population();

	private long entries;

	void add(Turn turn, TurnTerms terms) {
		terms.frequencies()
			.forEach((term, frequency) -> this.postings.computeIfAbsent(term, (key) -> new Postings())
				.add(turn.slot, frequency));
		this.entries += terms.frequencies().size();
		alone(turn).add(1, turn.length);
		this.sessions.add(turn.session.isEmpty() ? 1 : 0, turn.length);
		this.contexts.add(1, turn.session.add(turn));
	}

	void remove(Turn turn, TurnTerms terms) {
		terms.frequencies().keySet().forEach((term) -> remove(term, turn.slot));
		this.entries -= terms.frequencies().size();
		alone(turn).add(-1, -turn.length);
		this.contexts.add(-1, turn.session.remove(turn));
		this.sessions.add(turn.session.isEmpty() ? -1 : 0, -turn.length);
	}

	/**
	 * The turns that have a term.
	 * @param term the term
	 * @return the turns, or {@code null} if there is none
	 */
	@Nullable Postings postings(String term) {
		return this.postings.get(term);
	}

	/**
	 * The turns like one, alone: those of people, or those of the assistant. An
	 * assistant's are so much longer that the two are not to be weighed against each
	 * other.
	 * @param turn the turn
	 * @return the turns of its role
	 */
	Population alone(Turn turn) {
		return turn.assistant ? this.assistant : this.people;
	}

	Population people() {
		return this.people;
	}

	Population assistant() {
		return this.assistant;
	}

	/**
	 * All turns, each together with its neighbours.
	 * @return the turns
	 */
	Population contexts() {
		return this.contexts;
	}

	Population sessions() {
		return this.sessions;
	}

	int terms() {
		return this.postings.size();
	}

	long entries() {
		return this.entries;
	}

	private void remove(String term, int slot) {
		Postings turns = this.postings.get(term);
		if (turns != null) {
			turns.remove(slot);
			if (turns.size() == 0) {
				this.postings.remove(term);
			}
		}
	}

}
