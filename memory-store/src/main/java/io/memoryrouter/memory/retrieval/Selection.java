package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memoryrouter.memory.RecallQuery;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from a ranking what is recalled, best first: nothing that the caller has
 * already, nothing hopeless, one of those that say the same, and no more than the limits
 * of the query allow. A memory that is too large for what is left of the budget makes way
 * for smaller ones behind it.
 */
final class Selection {

	/**
	 * How many turns may be passed over, because they are hopeless or too large for what
	 * is left, before it is not worth looking further.
	 */
	private static final int MAX_PASSED_OVER = 200;

	private final RecallQuery query;

	private final Set<Saying> sayings = new HashSet<>();

	private final List<Turn> turns = new ArrayList<>();

	private int tokens;

	private int passedOver;

	private Selection(RecallQuery query) {
		this.query = query;
	}

	/**
	 * Chooses.
	 * @param ranking the ranking
	 * @param gate what keeps the hopeless out
	 * @param query the query
	 * @return the choice
	 */
	static Selection from(Ranking ranking, RelevanceGate gate, RecallQuery query) {
		Selection selection = new Selection(query);
		Turn turn = ranking.next();
		while (turn != null && selection.hasRoom()) {
			if (!query.exclude().test(turn.memory)) {
				selection.offer(turn, gate.admits(turn));
			}
			turn = ranking.next();
		}
		return selection;
	}

	/**
	 * What was chosen.
	 * @return the turns, best first
	 */
	List<Turn> turns() {
		return this.turns;
	}

	/**
	 * The size of what was chosen.
	 * @return the number of tokens
	 */
	int tokens() {
		return this.tokens;
	}

	private boolean hasRoom() {
		return this.turns.size() < this.query.limit() && this.passedOver < MAX_PASSED_OVER;
	}

	private void offer(Turn turn, boolean admitted) {
		if (!admitted || turn.tokens() > this.query.maxTokens() - this.tokens) {
			this.passedOver++;
		}
		else if (this.sayings.add(Saying.of(turn))) {
			this.turns.add(turn);
			this.tokens += turn.tokens();
		}
	}

	/**
	 * Who said what. Turns that differ in case, punctuation and endings only are equal;
	 * those that differ in a word are not, because it may be the word that matters: a
	 * year, a "not".
	 */
	record Saying(boolean assistant, @Nullable String speaker, long fingerprint) {

		static Saying of(Turn turn) {
			return new Saying(turn.assistant, turn.memory.speaker(), turn.fingerprint);
		}

	}

}
