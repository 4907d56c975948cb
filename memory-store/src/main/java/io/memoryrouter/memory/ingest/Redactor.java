package io.memoryrouter.memory.ingest;

/**
 * Takes out of a text what must not be remembered, before it is stored. Called on the
 * threads of requests, also of several at once: it must be quick, and equal texts must
 * become equal texts.
 */
@FunctionalInterface
public interface Redactor {

	/**
	 * Redacts a text.
	 * @param text the text
	 * @return the text as it may be stored; where it is blank, nothing is
	 */
	String redact(String text);

	/**
	 * Stores everything as it is.
	 * @return a redactor that does nothing
	 */
	static Redactor none() {
		return (text) -> text;
	}

}
