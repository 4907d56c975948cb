package io.memoryrouter.memory;

import java.time.Duration;
import java.util.List;

/**
 * What a vault knows about a question.
 *
 * @param outcome how it went
 * @param memories what was found, best first; empty unless the outcome is a hit
 * @param tokens the size of their texts, in tokens
 * @param embedding the time that embedding the question took
 * @param retrieval the time that all the rest took
 */
public record Recall(Outcome outcome, List<Recalled> memories, int tokens, Duration embedding, Duration retrieval) {

	/** How a recall went. */
	public enum Outcome {

		/** Something relevant was found. */
		HIT,

		/** There was nothing to ask, or nothing to search. */
		EMPTY,

		/** There are memories, but none is relevant enough. */
		BELOW_THRESHOLD

	}

	/**
	 * A memory that was found.
	 *
	 * @param memory the memory
	 * @param score how relevant it is: greater is better; comparable inside one recall
	 * only. Where several vaults were searched it is how close the memory is to the
	 * question, which is comparable between them
	 * @param tokens the size of its text, in tokens
	 */
	public record Recalled(Memory memory, double score, int tokens) {

	}

}
