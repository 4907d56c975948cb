package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.List;

import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.memory.Recall;
import org.jspecify.annotations.Nullable;

/**
 * What was recalled for a message, rendered.
 *
 * @param outcome what came of recalling
 * @param block the memories as a block of text, or {@code null} if there are none
 * @param memories what is in it, best first
 * @param tokens the size of their texts, in tokens
 * @param embedding the time that embedding the question took
 * @param retrieval the time that the rest took
 */
public record Recollection(MemoryOutcome outcome, @Nullable String block, List<Recall.Recalled> memories, int tokens,
		Duration embedding, Duration retrieval) {

	/**
	 * Renders a recall.
	 * @param recall what was recalled
	 * @return the recollection
	 */
	static Recollection of(Recall recall) {
		boolean hit = recall.outcome() == Recall.Outcome.HIT && !recall.memories().isEmpty();
		return new Recollection(MemoryOutcome.of(recall.outcome()), hit ? MemoryBlock.render(recall.memories()) : null,
				hit ? List.copyOf(recall.memories()) : List.of(), hit ? recall.tokens() : 0, recall.embedding(),
				recall.retrieval());
	}

	/**
	 * A recollection of nothing.
	 * @param outcome why there is nothing
	 * @return the recollection
	 */
	static Recollection none(MemoryOutcome outcome) {
		return new Recollection(outcome, null, List.of(), 0, Duration.ZERO, Duration.ZERO);
	}

	/**
	 * The same for a later request, which it costs no time.
	 * @return the recollection
	 */
	Recollection again() {
		return new Recollection(this.outcome, this.block, this.memories, this.tokens, Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Whether memory failed the request.
	 * @return whether the recall failed or took too long
	 */
	boolean isFailure() {
		return this.outcome == MemoryOutcome.ERROR || this.outcome == MemoryOutcome.TIMEOUT;
	}

	/** Says nothing of what was recalled. */
	@Override
	public String toString() {
		return "Recollection[outcome=" + this.outcome + ", memories=" + this.memories.size() + "]";
	}

}
