package io.memoryrouter.memory.retrieval;

import java.util.List;

/**
 * Decides whether what was found has anything to do with the question: the best of a
 * vault is always something, and a prompt is better off with nothing than with that.
 * <p>
 * What speaks for a turn is how close it is in meaning, and which share of the question's
 * words it has, each word counted by what it tells: {@code cosine + 0.1 * share}. A
 * question goes through if one of the first ten turns reaches {@link #QUESTION}. A turn
 * that is further down is dropped only if it is hopeless, {@link #TURN}.
 */
final class RelevanceGate {

	/** How many of the first turns are asked. */
	private static final int FIRST = 10;

	private static final double SHARE_WEIGHT = 0.1;

	private static final double QUESTION = 0.82;

	private static final double TURN = 0.76;

	/** What a turn whose vector has not come yet counts as: a stranger. */
	private static final double UNKNOWN_COSINE = 0.75;

	private final Ranking ranking;

	RelevanceGate(Ranking ranking) {
		this.ranking = ranking;
	}

	/**
	 * Whether there is anything relevant.
	 * @param best turns, best first
	 * @return whether one of the first is relevant
	 */
	boolean opens(List<Turn> best) {
		return best.stream().limit(FIRST).anyMatch((turn) -> evidence(turn) >= QUESTION);
	}

	/**
	 * Whether a turn may be recalled along with better ones.
	 * @param turn the turn
	 * @return whether it is not hopeless
	 */
	boolean admits(Turn turn) {
		return evidence(turn) >= TURN;
	}

	double evidence(Turn turn) {
		return this.ranking.cosine(turn, UNKNOWN_COSINE) + SHARE_WEIGHT * this.ranking.coverage(turn);
	}

}
