package io.memoryrouter.memory.retrieval;

import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.retrieval.Speakers.Speaker;
import org.jspecify.annotations.Nullable;

/**
 * Scores the turns of a vault for a question: the words and the vectors, fused.
 */
final class Ranker {

	private final VaultIndex index;

	private final Scores scores;

	private final RankingWeights weights;

	private final Spread people = new Spread();

	private final Spread assistant;

	Ranker(VaultIndex index, Scores scores, RankingWeights weights) {
		this.index = index;
		this.scores = scores;
		this.weights = weights;
		this.assistant = weights.neighbours() ? this.people : new Spread();
	}

	/**
	 * Scores.
	 * @param question the question
	 * @param vector the vector of the question
	 * @param session the session of the question, or {@code null}
	 * @param sessionOnly whether that session alone is searched
	 * @return the ranking
	 */
	Ranking rank(Question question, float[] vector, @Nullable SessionId session, boolean sessionOnly) {
		this.scores.prepare(this.index.slots(), this.index.sessionSlots());
		this.index.vectors().multiply(vector, this.scores.cosine);
		double information = new WordScorer(this.index, this.scores, this.weights).score(question);
		collectEligible(sessionOnly ? session : null);
		fuse(question, session);
		return new Ranking(this.index, this.scores, information);
	}

	private void collectEligible(@Nullable SessionId only) {
		for (int slot = 0; slot < this.index.slots(); slot++) {
			Turn turn = this.index.turnOrNull(slot);
			if (turn == null || (only != null && !only.equals(turn.session.id))) {
				continue;
			}
			this.scores.eligible[this.scores.eligibleCount] = slot;
			this.scores.eligibleCount++;
			if (this.index.vectors().has(slot)) {
				float cosine = this.scores.cosine[slot];
				spread(turn).add(cosine);
				int ordinal = turn.session.ordinal;
				this.scores.sessionCosine[ordinal] = Math.max(this.scores.sessionCosine[ordinal], cosine);
			}
		}
	}

	private void fuse(Question question, @Nullable SessionId session) {
		double wordScale = scale(this.scores.words, this.index.slots());
		double sessionScale = scale(this.scores.sessionWords, this.index.sessionSlots());
		Speaker named = this.index.speakers().named(question.names());
		Range sessionRange = sessionRange();
		for (int i = 0; i < this.scores.eligibleCount; i++) {
			int slot = this.scores.eligible[i];
			Turn turn = this.index.turn(slot);
			int ordinal = turn.session.ordinal;
			double score = wordScale * this.scores.words[slot];
			score += this.weights.session() * sessionScale * this.scores.sessionWords[ordinal];
			score += this.weights.sessionMeaning() * sessionRange.share(this.scores.sessionCosine[ordinal]);
			score += this.weights.speaker() * one(named != null && named == turn.speaker);
			score += this.weights.asks() * one(turn.question);
			score += this.weights.time() * one(question.asksForTime() && turn.tellsTime);
			score += this.weights.assistantTurn() * one(turn.assistant);
			score += this.weights.sameSession() * one(session != null && session.equals(turn.session.id));
			if (this.index.vectors().has(slot)) {
				score += this.weights.meaning() * spread(turn).deviations(this.scores.cosine[slot]);
			}
			this.scores.total[slot] = (float) score;
		}
	}

	private Spread spread(Turn turn) {
		return turn.assistant ? this.assistant : this.people;
	}

	private Range sessionRange() {
		float least = Float.POSITIVE_INFINITY;
		float greatest = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < this.index.sessionSlots(); i++) {
			float cosine = this.scores.sessionCosine[i];
			if (cosine > Float.NEGATIVE_INFINITY) {
				least = Math.min(least, cosine);
				greatest = Math.max(greatest, cosine);
			}
		}
		return new Range(least, greatest);
	}

	private static double scale(float[] values, int length) {
		float greatest = 0;
		for (int i = 0; i < length; i++) {
			greatest = Math.max(greatest, values[i]);
		}
		return (greatest > 0) ? 1 / greatest : 0;
	}

	private static int one(boolean condition) {
		return condition ? 1 : 0;
	}

	private record Range(float least, float greatest) {

		double share(float value) {
			return (this.greatest > this.least && value > Float.NEGATIVE_INFINITY)
					? (value - this.least) / (double) (this.greatest - this.least) : 0;
		}

	}

	/**
	 * Mean and standard deviation of dot products.
	 */
	private static final class Spread {

		private int count;

		private double sum;

		private double squares;

		void add(float value) {
			this.count++;
			this.sum += value;
			this.squares += (double) value * value;
		}

		double deviations(float value) {
			double mean = this.sum / this.count;
			double variance = this.squares / this.count - mean * mean;
			return (variance > 1e-9) ? (value - mean) / Math.sqrt(variance) : 0;
		}

	}

}
