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
	 * What may be logged of a failure on the memory side. What other exceptions say is
	 * not: it may hold a memory's text.
	 * @param ex the failure
	 * @return its class, and its message if it is one of these
	 */
	public static String describe(Throwable ex) {
		return (ex instanceof MemoryStoreException) ? ex.toString() : ex.getClass().getName();
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
