package io.memoryrouter.usage;

import java.time.LocalDate;

/**
 * Which usage is asked for.
 *
 * @param account whose usage
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param grouping what the counts are summed by
 * @param limit the greatest number of sums, at least 1
 */
public record UsageQuery(String account, LocalDate from, LocalDate to, Grouping grouping, int limit) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if the last day is before the first, or the limit
	 * is less than 1
	 */
	public UsageQuery {
		if (to.isBefore(from)) {
			throw new IllegalArgumentException("The last day is not before the first");
		}
		if (limit < 1) {
			throw new IllegalArgumentException("The limit is 1 or more");
		}
	}

	/** What counts are summed by. */
	public enum Grouping {

		/** By Memory Key. */
		KEY,

		/** By provider; what went to none is a sum of its own. */
		PROVIDER,

		/** By provider and model. */
		MODEL,

		/** By day. */
		DAY

	}

}
