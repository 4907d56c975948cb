package io.memoryrouter.memory.embedding;

/**
 * A loaded model: computes one vector at a time in the calling thread. Several threads
 * may call it at once, but none during or after {@link #close()}.
 */
interface TextEncoder extends AutoCloseable {

	/**
	 * Computes a vector.
	 * @param text the text with the model's own prefix
	 * @return the vector, of length 1
	 * @throws EmbeddingException if the model fails
	 */
	float[] encode(String text);

	@Override
	void close();

}
