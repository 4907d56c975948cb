package io.memoryrouter.usage;

/**
 * How much was used. No count is negative.
 *
 * @param requests the requests that were proxied to a provider, and the calls of
 * retrieval-only mode
 * @param memoryTokensInjected the tokens of memories that were put into requests, or
 * handed out as context
 * @param memoriesStored the memories that were new in the store
 * @param tokensIn the tokens of requests, as providers counted them
 * @param tokensOut the tokens of answers, as providers counted them
 */
public record UsageCounts(long requests, long memoryTokensInjected, long memoriesStored, long tokensIn,
		long tokensOut) {

	/** Nothing. */
	public static final UsageCounts NONE = new UsageCounts(0, 0, 0, 0, 0);

	/**
	 * Checks the range.
	 * @throws IllegalArgumentException if a count is negative
	 */
	public UsageCounts {
		if (requests < 0 || memoryTokensInjected < 0 || memoriesStored < 0 || tokensIn < 0 || tokensOut < 0) {
			throw new IllegalArgumentException("A count is 0 or more");
		}
	}

	/**
	 * One request.
	 * @param memoryTokensInjected the tokens of the memories that it was given
	 * @return the counts
	 */
	public static UsageCounts ofRequest(long memoryTokensInjected) {
		return new UsageCounts(1, memoryTokensInjected, 0, 0, 0);
	}

	/**
	 * Memories that were stored.
	 * @param memories how many were new
	 * @return the counts
	 */
	public static UsageCounts ofMemories(long memories) {
		return new UsageCounts(0, 0, memories, 0, 0);
	}

	/**
	 * Tokens that a provider counted.
	 * @param in the tokens of the request
	 * @param out the tokens of the answer
	 * @return the counts
	 */
	public static UsageCounts ofTokens(long in, long out) {
		return new UsageCounts(0, 0, 0, in, out);
	}

	/**
	 * Adds counts.
	 * @param others the counts to add
	 * @return the sums
	 */
	public UsageCounts plus(UsageCounts others) {
		return new UsageCounts(this.requests + others.requests, this.memoryTokensInjected + others.memoryTokensInjected,
				this.memoriesStored + others.memoriesStored, this.tokensIn + others.tokensIn,
				this.tokensOut + others.tokensOut);
	}

}
