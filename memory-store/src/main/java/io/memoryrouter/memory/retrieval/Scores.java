package io.memoryrouter.memory.retrieval;

import java.util.Arrays;

/**
 * The arrays that one ranking works in. They are kept by the thread for its next ranking,
 * so that a recall in a vault of 20,000 memories does not leave a megabyte of garbage.
 */
final class Scores {

	/** The slots of the turns that may be recalled. */
	int[] eligible = new int[0];

	/** How many of {@link #eligible} are in use. */
	int eligibleCount;

	/** By slot: how well the words match. */
	float[] words = new float[0];

	/**
	 * By slot: the share of the question's words, by what they tell, that the turn has.
	 */
	float[] coverage = new float[0];

	/** By slot: the dot product of the vectors. */
	float[] cosine = new float[0];

	/** By slot: the score. */
	float[] total = new float[0];

	/** By slot, or by session: how often the turn has the term that is at hand. */
	float[] frequency = new float[0];

	/** Where {@link #frequency} is not zero. */
	int[] touched = new int[0];

	/** By ordinal of the session: how well the words match. */
	float[] sessionWords = new float[0];

	/** By ordinal of the session: the greatest dot product of its turns. */
	float[] sessionCosine = new float[0];

	/** By ordinal of the session: what its turns have from it. */
	float[] sessionTotal = new float[0];

	/**
	 * Makes room and clears what is summed up.
	 * @param slots how far slots reach
	 * @param sessions how far ordinals of sessions reach
	 */
	void prepare(int slots, int sessions) {
		if (this.total.length < slots) {
			int capacity = slots + (slots >> 2);
			this.eligible = new int[capacity];
			this.words = new float[capacity];
			this.coverage = new float[capacity];
			this.cosine = new float[capacity];
			this.total = new float[capacity];
			this.frequency = new float[capacity];
			this.touched = new int[capacity];
		}
		if (this.sessionWords.length < sessions) {
			this.sessionWords = new float[sessions + (sessions >> 2)];
			this.sessionCosine = new float[this.sessionWords.length];
			this.sessionTotal = new float[this.sessionWords.length];
		}
		this.eligibleCount = 0;
		Arrays.fill(this.words, 0, slots, 0);
		Arrays.fill(this.coverage, 0, slots, 0);
		Arrays.fill(this.frequency, 0, slots, 0);
		Arrays.fill(this.sessionWords, 0, sessions, 0);
		Arrays.fill(this.sessionCosine, 0, sessions, Float.NEGATIVE_INFINITY);
	}

}
