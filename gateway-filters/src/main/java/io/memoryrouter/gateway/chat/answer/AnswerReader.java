package io.memoryrouter.gateway.chat.answer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Reads along while an answer streams to the client, without disturbing it. What it does
 * not understand it passes over; it never throws. Not thread-safe; calls come one after
 * another.
 */
public interface AnswerReader extends AutoCloseable {

	/**
	 * Reads the next buffer. Its read position is not moved and it is not released.
	 * @param buffer the next bytes of the answer
	 * @return whether the answer ends in this buffer: the stream's terminal event is in
	 * it, or it reaches the announced {@code Content-Length}. True at most once
	 */
	boolean read(DataBuffer buffer);

	/**
	 * Tells that the transport brought the answer to its regular end. Not to be called
	 * when the client hung up or the provider's connection broke. Providers that send no
	 * terminal event end their streams like this.
	 */
	void finish();

	/**
	 * What was said so far.
	 * @return the answer
	 */
	Answer answer();

	/**
	 * Frees what is held.
	 */
	@Override
	void close();

	/**
	 * What a model said.
	 *
	 * @param text the visible text of the first choice, perhaps empty; no tool calls, no
	 * refusals, no reasoning
	 * @param complete whether the answer came to its end: its terminal event was seen, or
	 * the whole JSON document; or the transport {@link #finish() ended} after the model
	 * said that it had finished. For answers that are not understood the end of the
	 * transport alone decides
	 * @param truncated whether the text is shorter than what was said because it went
	 * over the limit or could not be decoded
	 * @param failed whether the provider reported an error inside the answer; the answer
	 * is not complete then
	 * @param usage the tokens that the provider counted, or {@code null} if it did not
	 * say
	 */
	record Answer(String text, boolean complete, boolean truncated, boolean failed, @Nullable Usage usage) {

		/** Says nothing of the text. */
		@Override
		public String toString() {
			return "Answer[characters=" + this.text.length() + ", complete=" + this.complete + ", truncated="
					+ this.truncated + ", failed=" + this.failed + ", usage=" + this.usage + "]";
		}

	}

	/**
	 * The tokens that a provider counted.
	 *
	 * @param promptTokens the tokens of the request
	 * @param completionTokens the tokens of the answer
	 */
	record Usage(long promptTokens, long completionTokens) {

		/**
		 * Takes in what a later event counted: some families count the request at the
		 * beginning of a stream and the answer as it grows.
		 * @param later what was counted later
		 * @return the greater of each
		 */
		Usage and(Usage later) {
			return new Usage(Math.max(this.promptTokens, later.promptTokens),
					Math.max(this.completionTokens, later.completionTokens));
		}

	}

}
