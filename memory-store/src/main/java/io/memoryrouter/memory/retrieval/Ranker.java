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
		fuseSessions(session);
		fuseTurns(question);
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
		this.people.measure();
		this.assistant.measure();
	}

	/** What a turn has from its session. */
	private void fuseSessions(@Nullable SessionId preferred) {
		double wordScale = this.weights.session() * scale(this.scores.sessionWords, this.index.sessionSlots());
		Range cosines = sessionRange();
		for (int i = 0; i < this.index.sessionSlots(); i++) {
			double score = wordScale * this.scores.sessionWords[i];
			score += this.weights.sessionMeaning() * cosines.share(this.scores.sessionCosine[i]);
			this.scores.sessionTotal[i] = (float) score;
		}
		SessionTurns session = (preferred != null) ? this.index.sessionOrNull(preferred) : null;
		if (session != null) {
			this.scores.sessionTotal[session.ordinal] += (float) this.weights.sameSession();
		}
	}

	private void fuseTurns(Question question) {
		double wordScale = scale(this.scores.words, this.index.slots());
		Speaker named = this.index.speakers().named(question.names());
		double time = question.asksForTime() ? this.weights.time() : 0;
		for (int i = 0; i < this.scores.eligibleCount; i++) {
			int slot = this.scores.eligible[i];
			Turn turn = this.index.turn(slot);
			double score = wordScale * this.scores.words[slot] + this.scores.sessionTotal[turn.session.ordinal];
			score += (named != null && named == turn.speaker) ? this.weights.speaker() : 0;
			score += turn.question ? this.weights.asks() : 0;
			score += turn.tellsTime ? time : 0;
			score += turn.assistant ? this.weights.assistantTurn() : 0;
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

		/** Less than this is rounding. */
		private static final double MIN_VARIANCE = 1e-9;

		private int count;

		private double sum;

		private double squares;

		private double mean;

		private double scale;

		void add(float value) {
			this.count++;
			this.sum += value;
			this.squares += (double) value * value;
		}

		/** Ends the adding. */
		void measure() {
			if (this.count > 0) {
				this.mean = this.sum / this.count;
				double variance = this.squares / this.count - this.mean * this.mean;
				this.scale = (variance > MIN_VARIANCE) ? 1 / Math.sqrt(variance) : 0;
			}
		}

		double deviations(float value) {
			return (value - this.mean) * this.scale;
		}

	}

}
