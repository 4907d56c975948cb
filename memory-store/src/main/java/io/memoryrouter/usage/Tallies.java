package io.memoryrouter.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What was counted since it was last taken, by source and day. Counting looks a tally up
 * and adds to it; taking removes a tally and closes it, and whoever still holds a closed
 * one looks again. So nothing is counted twice, and nothing is lost in between.
 */
final class Tallies {

	private final ConcurrentHashMap<Slot, Tally> tallies = new ConcurrentHashMap<>();

	private final int maxTallies;

	/**
	 * Begins with nothing.
	 * @param maxTallies the greatest number of sources and days at a time
	 */
	Tallies(int maxTallies) {
		this.maxTallies = maxTallies;
	}

	/**
	 * Counts.
	 * @param source who uses what
	 * @param epochDay the day, counted from 1970
	 * @param counts how much
	 * @return whether there was room
	 */
	boolean add(UsageSource source, long epochDay, UsageCounts counts) {
		Slot slot = new Slot(source, epochDay);
		Tally tally;
		do {
			tally = find(slot);
		}
		while (tally != null && !tally.add(counts));
		return tally != null;
	}

	private @Nullable Tally find(Slot slot) {
		Tally known = this.tallies.get(slot);
		if (known != null || this.tallies.mappingCount() >= this.maxTallies) {
			return known;
		}
		return this.tallies.computeIfAbsent(slot, (key) -> new Tally());
	}

	/**
	 * How many sources and days there are.
	 * @return the number, about
	 */
	int size() {
		return this.tallies.size();
	}

	/**
	 * Takes what was counted.
	 * @param limit the greatest number of entries
	 * @return what is not here any more
	 */
	List<UsageBatch.Entry> take(int limit) {
		List<UsageBatch.Entry> entries = new ArrayList<>();
		for (Map.Entry<Slot, Tally> counted : this.tallies.entrySet()) {
			if (entries.size() == limit) {
				break;
			}
			this.tallies.remove(counted.getKey(), counted.getValue());
			entries.add(new UsageBatch.Entry(counted.getKey().source(),
					LocalDate.ofEpochDay(counted.getKey().epochDay()), counted.getValue().close()));
		}
		return entries;
	}

	/** What has a tally. */
	private record Slot(UsageSource source, long epochDay) {

	}

}
