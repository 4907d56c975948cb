package io.memoryrouter.memory.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * The turns of a vault in the order of their scores. The order is made as far as it is
 * asked for: a heap over all turns costs less than sorting them, and unlike a list of the
 * best so many it cannot run dry when the caller passes over some.
 */
final class Ranking {

	private final VaultIndex index;

	private final Scores scores;

	private final double information;

	private int remaining;

	/**
	 * Takes over scores.
	 * @param index the index, under its read lock
	 * @param scores the scores of its turns
	 * @param information how telling the terms of the question are together
	 */
	Ranking(VaultIndex index, Scores scores, double information) {
		this.index = index;
		this.scores = scores;
		this.information = information;
		this.remaining = scores.eligibleCount;
		for (int i = this.remaining / 2 - 1; i >= 0; i--) {
			siftDown(i);
		}
	}

	/**
	 * How many turns were ranked.
	 * @return the number of eligible turns
	 */
	int size() {
		return this.scores.eligibleCount;
	}

	/**
	 * Takes the best turn that has not been taken.
	 * @return the turn, or {@code null} if all have been taken
	 */
	@Nullable Turn next() {
		if (this.remaining == 0) {
			return null;
		}
		int[] heap = this.scores.eligible;
		int best = heap[0];
		this.remaining--;
		heap[0] = heap[this.remaining];
		siftDown(0);
		return this.index.turn(best);
	}

	double score(Turn turn) {
		return this.scores.total[turn.slot];
	}

	/**
	 * How close a turn is to the question in meaning.
	 * @param turn the turn
	 * @param absent what to answer if it has no vector
	 * @return from -1 to 1, greater is closer
	 */
	double cosine(Turn turn, double absent) {
		return this.index.vectors().has(turn.slot) ? this.scores.cosine[turn.slot] : absent;
	}

	/**
	 * Which share of the question's words a turn has, each counted by what it tells.
	 * @param turn the turn
	 * @return from 0 to about 1
	 */
	double coverage(Turn turn) {
		return (this.information > 0) ? this.scores.coverage[turn.slot] / this.information : 0;
	}

	private void siftDown(int start) {
		int[] heap = this.scores.eligible;
		int place = start;
		while (2 * place + 1 < this.remaining) {
			int child = 2 * place + 1;
			if (child + 1 < this.remaining && precedes(heap[child + 1], heap[child])) {
				child++;
			}
			if (!precedes(heap[child], heap[place])) {
				return;
			}
			int slot = heap[place];
			heap[place] = heap[child];
			heap[child] = slot;
			place = child;
		}
	}

	private boolean precedes(int first, int second) {
		int byScore = Float.compare(this.scores.total[first], this.scores.total[second]);
		return byScore > 0
				|| (byScore == 0 && Turn.CHRONOLOGICAL.compare(this.index.turn(first), this.index.turn(second)) > 0);
	}

}
