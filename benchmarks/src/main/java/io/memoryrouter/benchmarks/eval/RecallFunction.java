package io.memoryrouter.benchmarks.eval;

import java.time.Duration;
import java.util.List;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;

/**
 * A way to fill a vault with a conversation and to ask it: in this process, or through a
 * gateway.
 */
interface RecallFunction {

	/**
	 * Stores turns and waits until they are searchable by words and by meaning.
	 * @param conversation the conversation whose vault it is
	 * @param turns the turns that are said next, in order
	 */
	void remember(Conversation conversation, List<Turn> turns);

	/**
	 * Asks.
	 * @param conversation the conversation whose vault is asked
	 * @param question the question
	 * @return what is recalled
	 */
	Answer recall(Conversation conversation, Question question);

	/**
	 * What was recalled.
	 *
	 * @param turns the ids of the turns, best first
	 * @param embedding the time that embedding the question took
	 * @param retrieval the time that the rest took
	 */
	record Answer(List<String> turns, Duration embedding, Duration retrieval) {

		/** Takes a copy of the turns. */
		public Answer {
			turns = List.copyOf(turns);
		}

	}

}
