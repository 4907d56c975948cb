package io.memoryrouter.gateway.support;

import java.util.Locale;

import io.memoryrouter.memory.Recall;

/**
 * What became of memory in one request: the values of {@code X-Memory-Outcome}.
 */
public enum MemoryOutcome {

	/** Something relevant was found. */
	HIT,

	/** There was nothing to ask, or nothing to search. */
	EMPTY,

	/** There are memories, but none is relevant enough. */
	BELOW_THRESHOLD,

	/** Nothing was to be recalled. */
	OFF,

	/** The recall was not done before its deadline. */
	TIMEOUT,

	/** The recall failed. */
	ERROR;

	/**
	 * The outcome of a recall.
	 * @param outcome how it went
	 * @return the outcome
	 */
	public static MemoryOutcome of(Recall.Outcome outcome) {
		return switch (outcome) {
			case HIT -> HIT;
			case EMPTY -> EMPTY;
			case BELOW_THRESHOLD -> BELOW_THRESHOLD;
		};
	}

	/**
	 * The word for it in headers and metrics.
	 * @return the name in lower case
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
