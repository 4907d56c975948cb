package io.memoryrouter.usage;

import java.time.LocalDate;
import java.util.List;

/**
 * Counts on their way to a store. Recorder and number name the batch, so that one whose
 * fate is not known can be sent again.
 *
 * @param recorder names who counted: 1 to 64 characters, another for each start of each
 * process
 * @param number how many batches the recorder has made, this one included; from 1
 * @param entries what was counted; each source and day once
 */
public record UsageBatch(String recorder, long number, List<Entry> entries) {

	/**
	 * Takes a copy of the entries.
	 */
	public UsageBatch {
		entries = List.copyOf(entries);
	}

	/**
	 * What was counted of one source.
	 *
	 * @param source who used what
	 * @param day the day in UTC
	 * @param counts how much, since the batch before
	 */
	public record Entry(UsageSource source, LocalDate day, UsageCounts counts) {

	}

}
