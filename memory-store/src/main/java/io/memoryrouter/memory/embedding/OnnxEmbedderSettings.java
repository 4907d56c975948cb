package io.memoryrouter.memory.embedding;

/**
 * How much an {@link OnnxTextEmbedder} may use.
 *
 * @param workers the number of threads that embed questions and passages, 1 to 64. One
 * more thread embeds questions alone, so that none waits behind a long passage
 * @param queueCapacity the greatest number of questions that wait, and of passages that
 * wait, 1 to 100,000; a text beyond it is refused
 * @param queryCacheSize the number of questions whose vectors are kept for the next time,
 * about 2 KB each; 0 for none
 */
public record OnnxEmbedderSettings(int workers, int queueCapacity, int queryCacheSize) {

	private static final int MAX_WORKERS = 64;

	private static final int MAX_DEFAULT_WORKERS = 4;

	private static final int MAX_QUEUE_CAPACITY = 100_000;

	private static final int DEFAULT_QUEUE_CAPACITY = 1_000;

	private static final int DEFAULT_QUERY_CACHE_SIZE = 1_000;

	/**
	 * Checks the ranges.
	 * @throws IllegalArgumentException if a number is outside of its range
	 */
	public OnnxEmbedderSettings {
		requireRange("workers", workers, 1, MAX_WORKERS);
		requireRange("queueCapacity", queueCapacity, 1, MAX_QUEUE_CAPACITY);
		requireRange("queryCacheSize", queryCacheSize, 0, Integer.MAX_VALUE);
	}

	/**
	 * What suits most machines: together with the thread for questions, one thread a
	 * processor, but no more than 4 workers, since each may need some 45 MB for a long
	 * text; 1,000 waiting texts of each kind; 1,000 remembered questions.
	 * @return the settings
	 */
	public static OnnxEmbedderSettings defaults() {
		int others = Runtime.getRuntime().availableProcessors() - 1;
		return new OnnxEmbedderSettings(Math.max(1, Math.min(others, MAX_DEFAULT_WORKERS)), DEFAULT_QUEUE_CAPACITY,
				DEFAULT_QUERY_CACHE_SIZE);
	}

	private static void requireRange(String name, int value, int min, int max) {
		if (value < min || value > max) {
			throw new IllegalArgumentException(name + " is " + min + " to " + max + ", not " + value);
		}
	}

}
