package io.memoryrouter.memory.observation;

/**
 * The names of the metrics of the memory side. No tag ever holds a key, a vault, a
 * session or a text: the number of time series does not grow with the number of users.
 */
public final class MemoryMetrics {

	/**
	 * Counter: exchanges that were to be stored, by {@link #OUTCOME}: {@code stored},
	 * {@code duplicate} (all of it was there already), {@code empty} (nothing to store),
	 * {@code overloaded} (refused, too much was waiting), {@code failed}.
	 */
	public static final String INGEST = "memoryrouter.ingest";

	/** Counter: memories that are new in the store. */
	public static final String INGEST_MEMORIES = "memoryrouter.ingest.memories";

	/** Counter: turns in which something was replaced before they were stored. */
	public static final String INGEST_REDACTED = "memoryrouter.ingest.redacted";

	/**
	 * Counter: memories that were to get a vector, by {@link #OUTCOME}: {@code embedded},
	 * {@code failed} (this memory alone; it is tried again later).
	 */
	public static final String EMBEDDING = "memoryrouter.embedding";

	/** Counter: times that the store or the embedder failed while vectors were made. */
	public static final String EMBEDDING_FAULTS = "memoryrouter.embedding.faults";

	/**
	 * Gauge, in seconds: since when there have been memories without a vector; 0 when
	 * there are none.
	 */
	public static final String EMBEDDING_LAG = "memoryrouter.embedding.lag";

	/** Gauge: memories that failed by themselves and wait for another try. */
	public static final String EMBEDDING_SET_ASIDE = "memoryrouter.embedding.set.aside";

	/** Counter: uses that were not counted because too much waits to be written. */
	public static final String USAGE_LOST = "memoryrouter.usage.lost";

	/** Tag: how it went. */
	public static final String OUTCOME = "outcome";

	private MemoryMetrics() {
	}

}
