package io.memoryrouter.gateway.chat.answer;

import org.jspecify.annotations.Nullable;

/**
 * What one JSON document of an answer tells: a whole answer, or one event of a stream.
 *
 * @param text what the model says in it, visible to the user, or {@code null} if nothing
 * @param whole whether it is a whole JSON object; if it is cut off, the rest is what came
 * before the cut
 * @param finished whether the model says that it has finished
 * @param terminal whether nothing comes behind it
 * @param failed whether it is an error
 * @param usage what the provider counted, or {@code null} if it does not say
 */
public record AnswerDocument(@Nullable String text, boolean whole, boolean finished, boolean terminal, boolean failed,
		AnswerReader.@Nullable Usage usage) {

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "AnswerDocument[whole=" + this.whole + ", finished=" + this.finished + ", terminal=" + this.terminal
				+ ", failed=" + this.failed + "]";
	}

	/** Reads documents of one dialect. */
	@FunctionalInterface
	public interface Parser {

		/**
		 * Reads a document.
		 * @param bytes holds it
		 * @param offset where it begins
		 * @param length its size
		 * @return what it tells; never an exception, whatever it holds
		 */
		AnswerDocument parse(byte[] bytes, int offset, int length);

		/**
		 * Reads the beginning of an event that is too large to be held.
		 * @param bytes holds it
		 * @param offset where it begins
		 * @param length the size of what is held
		 * @return what it tells. Its text is {@code null} only if the event adds none:
		 * any may unless the dialect knows better
		 */
		default AnswerDocument parseBeginning(byte[] bytes, int offset, int length) {
			return new AnswerDocument("", false, false, false, false, null);
		}

	}

}
