package io.memoryrouter.gateway.context;

import java.time.Duration;

import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.memory.Recall;
import org.jspecify.annotations.Nullable;

/**
 * What was recalled for a request, rendered. It stays on the exchange, so that a request
 * which is sent again carries the same.
 *
 * @param outcome what came of recalling
 * @param block the memories as a block of text, or {@code null} if there are none
 * @param chunks how many memories are in it
 * @param tokens the size of their texts, in tokens
 * @param embedding the time that embedding the question took
 * @param retrieval the time that the rest took
 */
record Recollection(MemoryOutcome outcome, @Nullable String block, int chunks, int tokens, Duration embedding,
		Duration retrieval) {

	static final ExchangeAttribute<Recollection> ATTRIBUTE = ExchangeAttribute.of(Recollection.class);

	/**
	 * Renders a recall.
	 * @param recall what was recalled
	 * @return the recollection
	 */
	static Recollection of(Recall recall) {
		boolean hit = recall.outcome() == Recall.Outcome.HIT && !recall.memories().isEmpty();
		return new Recollection(MemoryOutcome.of(recall.outcome()), hit ? MemoryBlock.render(recall.memories()) : null,
				hit ? recall.memories().size() : 0, hit ? recall.tokens() : 0, recall.embedding(), recall.retrieval());
	}

	/**
	 * A recollection of nothing.
	 * @param outcome why there is nothing
	 * @return the recollection
	 */
	static Recollection none(MemoryOutcome outcome) {
		return new Recollection(outcome, null, 0, 0, Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Whether memory failed the request.
	 * @return whether the recall failed or took too long
	 */
	boolean isFailure() {
		return this.outcome == MemoryOutcome.ERROR || this.outcome == MemoryOutcome.TIMEOUT;
	}

}
