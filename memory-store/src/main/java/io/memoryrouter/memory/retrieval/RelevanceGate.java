package io.memoryrouter.memory.retrieval;

import java.util.List;

/**
 * Decides whether what was found has anything to do with the question: the best of a
 * vault is always something, and a prompt is better off with nothing than with that.
 * <p>
 * What speaks for a turn is how close it is in meaning, and which share of the question's
 * words it has, each word counted by what it tells: {@code cosine + 0.1 * share}. A
 * question goes through if one of the first ten turns reaches
 * {@code 0.79 + 0.004 * ln(size of the vault)}: the more turns there are, the closer the
 * closest of them comes by chance. A turn that is further down is dropped only if it is
 * hopeless.
 * <p>
 * Calibrated for the vectors of e5-small-v2, whose cosines lie between 0.7 and 0.95. Of
 * the questions of LoCoMo put to another pair's vault it silences 98 % at 20 memories, 95
 * % at 100 and 88 % at 590, and costs 0.25 points of recall in the own vault. A share
 * that counts for less, or for twice as much, silences fewer at the same cost.
 */
final class RelevanceGate {

	/** How many of the first turns are asked. */
	private static final int FIRST = 10;

	private static final double SHARE_WEIGHT = 0.1;

	private static final double QUESTION = 0.79;

	private static final double QUESTION_GROWTH = 0.004;

	private static final double TURN = 0.75;

	/**
	 * What a turn whose vector has not come yet counts as, if it has a word of the
	 * question: it was said a moment ago, so the question may well be about it. In a
	 * small vault a fifth of what the words tell opens the gate, in a large one half of
	 * it.
	 */
	private static final double COSINE_WITH_WORDS = 0.78;

	/** What it counts as without a word in common: it is hopeless. */
	private static final double COSINE_WITHOUT_WORDS = 0.74;

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
		double threshold = QUESTION + QUESTION_GROWTH * Math.log(Math.max(1, this.ranking.size()));
		return best.stream().limit(FIRST).anyMatch((turn) -> evidence(turn) >= threshold);
	}

	/**
	 * Whether a turn may be recalled along with better ones.
	 * @param turn the turn
	 * @return whether it is not hopeless
	 */
	boolean admits(Turn turn) {
		return evidence(turn) >= TURN;
	}

	/**
	 * How much speaks for a turn. Unlike its score it is comparable between vaults.
	 * @param turn the turn
	 * @return the evidence, greater is more
	 */
	double evidence(Turn turn) {
		double share = Math.min(1, this.ranking.coverage(turn));
		double unknown = (share > 0) ? COSINE_WITH_WORDS : COSINE_WITHOUT_WORDS;
		return this.ranking.cosine(turn, unknown) + SHARE_WEIGHT * share;
	}

}
