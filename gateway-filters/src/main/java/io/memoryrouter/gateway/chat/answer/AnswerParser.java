package io.memoryrouter.gateway.chat.answer;

import io.memoryrouter.gateway.chat.stream.ByteSink;

/**
 * Reads what a model says from the decoded bytes of an answer.
 */
public interface AnswerParser extends ByteSink {

	/**
	 * Whether the terminal event has been seen.
	 * @return whether
	 */
	boolean hasEnded();

	/**
	 * What was said so far.
	 * @param transportEnded whether all bytes have come
	 * @return the answer
	 */
	AnswerReader.Answer answer(boolean transportEnded);

}
