package io.memoryrouter.memory.ingest;

import java.time.Duration;

import io.memoryrouter.memory.MemoryIngestor;

/**
 * The limits of ingestion.
 *
 * @param maxTextLength the greatest length of a turn's text, in UTF-16 units, 1,000 to
 * 10,000,000; what is longer is cut and marked partial
 * @param batchSize the number of memories that are embedded and written at once, 1 to 100
 * @param sweepInterval how often the store is asked for memories without a vector where
 * nothing tells of them, at least 10 ms: those of other processes, changed ones, ones
 * left over
 * @param minBackoff the pause after a fault of the store or the embedder; each further
 * one in a row doubles it
 * @param maxBackoff the longest such pause
 * @param closeTimeout how long closing waits for the batch in hand
 */
public record IngestSettings(int maxTextLength, int batchSize, Duration sweepInterval, Duration minBackoff,
		Duration maxBackoff, Duration closeTimeout) {

	private static final int MIN_TEXT_LENGTH = 1_000;

	private static final int MAX_TEXT_LENGTH = 10_000_000;

	private static final int MAX_BATCH_SIZE = 100;

	private static final Duration MIN_SWEEP_INTERVAL = Duration.ofMillis(10);

	/**
	 * Checks the ranges.
	 * @throws IllegalArgumentException if a value is outside of its range
	 */
	public IngestSettings {
		require(maxTextLength >= MIN_TEXT_LENGTH && maxTextLength <= MAX_TEXT_LENGTH,
				"maxTextLength is 1,000 to 10,000,000");
		require(batchSize >= 1 && batchSize <= MAX_BATCH_SIZE, "batchSize is 1 to 100");
		require(sweepInterval.compareTo(MIN_SWEEP_INTERVAL) >= 0, "sweepInterval is at least 10 ms");
		require(minBackoff.toMillis() > 0 && minBackoff.compareTo(maxBackoff) <= 0,
				"minBackoff is at least 1 ms and not longer than maxBackoff");
		require(!closeTimeout.isNegative(), "closeTimeout is not negative");
	}

	/**
	 * What suits most: 100,000 characters a turn, batches of 16, a sweep every second,
	 * pauses of 100 ms to 30 s, 10 s to close.
	 * @return the settings
	 */
	public static IngestSettings defaults() {
		return new IngestSettings(MemoryIngestor.DEFAULT_MAX_TEXT_LENGTH, 16, Duration.ofSeconds(1),
				Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(10));
	}

	/**
	 * These settings with another bound on texts.
	 * @param length the greatest length of a turn's text
	 * @return the settings
	 */
	public IngestSettings withMaxTextLength(int length) {
		return new IngestSettings(length, this.batchSize, this.sweepInterval, this.minBackoff, this.maxBackoff,
				this.closeTimeout);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
