package io.memoryrouter.memory;

/**
 * A store could not do what was asked. The message never holds a memory's text.
 */
public class MemoryStoreException extends RuntimeException {

	public MemoryStoreException(String message) {
		super(message);
	}

	public MemoryStoreException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Too much is waiting to be written: nothing was stored, try again later.
	 */
	public static final class Overloaded extends MemoryStoreException {

		public Overloaded(String message) {
			super(message);
		}

	}

}
