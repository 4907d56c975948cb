package io.memoryrouter.memory.retrieval;

/**
 * What recall may use, and how it ranks.
 *
 * @param cacheBytes how much memory the indexes of all vaults together may take, in
 * bytes; positive. Vaults that were not asked for longest are dropped first and loaded
 * anew from the store when they are asked for again
 * @param threads how many recalls are ranked at once; positive
 * @param people how turns are ranked in a vault where people talk with each other
 * @param assistant how turns are ranked in a vault where a person talks with an assistant
 * @param contextWeight what the words count that only the turns before the question have,
 * from 0 (nothing) to 1 (as much as those of the question). Without them RealMem loses
 * 1.5 points of the first five sessions
 */
public record RetrievalSettings(long cacheBytes, int threads, RankingWeights people, RankingWeights assistant,
		double contextWeight) {

	private static final long MEBIBYTE = 1L << 20;

	/**
	 * 96 MiB, which is about 40,000 memories; two threads; the weights that were
	 * measured.
	 */
	public static final RetrievalSettings DEFAULT = new RetrievalSettings(96 * MEBIBYTE, 2, RankingWeights.PEOPLE,
			RankingWeights.ASSISTANT, 0.4);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is not positive
	 */
	public RetrievalSettings {
		if (cacheBytes <= 0 || threads <= 0) {
			throw new IllegalArgumentException("The memory and the threads of recall must be positive");
		}
	}

	/**
	 * The same with another limit of memory.
	 * @param bytes the limit, in bytes; positive
	 * @return the settings
	 */
	public RetrievalSettings withCacheBytes(long bytes) {
		return new RetrievalSettings(bytes, this.threads, this.people, this.assistant, this.contextWeight);
	}

	/**
	 * The same with another number of threads.
	 * @param count how many recalls are ranked at once; positive
	 * @return the settings
	 */
	public RetrievalSettings withThreads(int count) {
		return new RetrievalSettings(this.cacheBytes, count, this.people, this.assistant, this.contextWeight);
	}

}
