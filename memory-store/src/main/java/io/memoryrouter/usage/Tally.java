package io.memoryrouter.usage;

/**
 * What one source used since the last batch. All counts of one call are added together or
 * not at all, so that a batch never has a request without its tokens. The lock is held
 * for five additions, which costs less than counters that several threads share without
 * one would take to be read and emptied.
 */
final class Tally {

	private long requests;

	private long memoryTokensInjected;

	private long memoriesStored;

	private long tokensIn;

	private long tokensOut;

	private boolean closed;

	/**
	 * Adds counts.
	 * @param counts the counts
	 * @return whether they were added: if not, the tally was closed
	 */
	synchronized boolean add(UsageCounts counts) {
		if (this.closed) {
			return false;
		}
		this.requests += counts.requests();
		this.memoryTokensInjected += counts.memoryTokensInjected();
		this.memoriesStored += counts.memoriesStored();
		this.tokensIn += counts.tokensIn();
		this.tokensOut += counts.tokensOut();
		return true;
	}

	/**
	 * Closes the tally: nothing is added any more.
	 * @return what was added
	 */
	synchronized UsageCounts close() {
		this.closed = true;
		return new UsageCounts(this.requests, this.memoryTokensInjected, this.memoriesStored, this.tokensIn,
				this.tokensOut);
	}

}
