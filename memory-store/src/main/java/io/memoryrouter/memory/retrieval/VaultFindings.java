package io.memoryrouter.memory.retrieval;

import java.util.List;

import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.Recall.Recalled;

/**
 * What one vault knows about a question.
 *
 * @param outcome how it went
 * @param findings what was found, best first
 */
record VaultFindings(Outcome outcome, List<Finding> findings) {

	static VaultFindings nothing(Outcome outcome) {
		return new VaultFindings(outcome, List.of());
	}

	/**
	 * A memory that was found.
	 *
	 * @param recalled the memory, with its score in its vault
	 * @param evidence how much speaks for it; comparable between vaults
	 * @param saying who said what, to tell what is said twice
	 */
	record Finding(Recalled recalled, double evidence, Selection.Saying saying) {

	}

}
