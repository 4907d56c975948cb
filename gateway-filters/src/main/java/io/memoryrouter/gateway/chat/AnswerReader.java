package io.memoryrouter.gateway.chat;

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
	 * it, or it reaches the announced {@code Content-Length}
	 */
	boolean read(DataBuffer buffer);

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
	 * @param complete whether the answer came to its end
	 * @param truncated whether the text is shorter than what was said because it went
	 * over the limit
	 */
	record Answer(String text, boolean complete, boolean truncated) {

	}

}
