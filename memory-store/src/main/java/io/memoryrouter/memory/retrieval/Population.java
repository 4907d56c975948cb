package io.memoryrouter.memory.retrieval;

/**
 * The texts that a text is compared with: how many there are, and how long they are
 * together.
 * <p>
 * The score of a term in one of them is Lucene's BM25:
 * {@code ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / mean))},
 * where {@code N} texts are there and {@code n} of them have the term (Robertson and
 * Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, without the
 * constant factor {@code k1 + 1}).
 */
final class Population {

	private static final double K1 = 1.2;

	private static final double B = 0.75;

	private int size;

	private long length;

	/** What a term of length adds to the denominator: {@code k1 * b / mean}. */
	private double lengthFactor;

	int size() {
		return this.size;
	}

	/**
	 * The mean length of a text.
	 * @return the mean, or 0 if there is no text
	 */
	double meanLength() {
		return (this.size > 0) ? (double) this.length / this.size : 0;
	}

	/**
	 * Counts texts that come or go.
	 * @param texts how many more there are
	 * @param length how much longer all are together
	 */
	void add(int texts, long length) {
		this.size += texts;
		this.length += length;
		this.lengthFactor = (this.length > 0) ? K1 * B / meanLength() : 0;
	}

	/**
	 * How telling a term is.
	 * @param having how many texts have it
	 * @return its inverse document frequency; positive
	 */
	double idf(int having) {
		return Math.log(1 + (this.size - having + 0.5) / (having + 0.5));
	}

	/**
	 * How much of its weight a term is worth in one text.
	 * @param frequency how often the text has it; positive
	 * @param textLength the length of the text
	 * @return from 0 to 1
	 */
	double saturation(double frequency, double textLength) {
		return frequency / (frequency + K1 * (1 - B) + this.lengthFactor * textLength);
	}

}
