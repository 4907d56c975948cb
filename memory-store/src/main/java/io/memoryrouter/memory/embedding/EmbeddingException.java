package io.memoryrouter.memory.embedding;

/**
 * A text could not be turned into a vector. The message never holds the text.
 */
public class EmbeddingException extends RuntimeException {

	public EmbeddingException(String message) {
		super(message);
	}

	public EmbeddingException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Too many texts are waiting already: this one was not taken, try again later.
	 */
	public static final class Overloaded extends EmbeddingException {

		public Overloaded(String message) {
			super(message);
		}

	}

}
