package io.memoryrouter.memory.retrieval;

import java.util.Comparator;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.retrieval.Speakers.Speaker;
import org.jspecify.annotations.Nullable;

/**
 * A memory in the index of its vault, and its place in its session.
 * <p>
 * Guarded by the lock of the {@link VaultIndex}, but for {@link #tokens()}.
 */
final class Turn {

	/** The order in which things were said. */
	static final Comparator<Turn> CHRONOLOGICAL = Comparator.comparing((Turn turn) -> turn.memory.createdAt())
		.thenComparingLong((turn) -> turn.sequence);

	final Memory memory;

	final long sequence;

	/** Where the turn is in the arrays of the index. */
	final int slot;

	final SessionTurns session;

	/** The number of terms that it is found by. */
	final int length;

	/** Equal for texts that differ in case, punctuation and endings only. */
	final long fingerprint;

	final @Nullable Speaker speaker;

	final boolean assistant;

	final boolean question;

	final boolean tellsTime;

	/** The length of the turn together with its neighbours, in terms. */
	int contextLength;

	@Nullable Turn previous;

	@Nullable Turn next;

	private int tokens;

	Turn(Memory memory, long sequence, int slot, SessionTurns session, TurnTerms terms, @Nullable Speaker speaker) {
		this.memory = memory;
		this.sequence = sequence;
		this.slot = slot;
		this.session = session;
		this.length = terms.length();
		this.fingerprint = terms.fingerprint();
		this.speaker = speaker;
		this.assistant = memory.role() == Role.ASSISTANT;
		this.question = TextTraits.isQuestion(memory.text());
		this.tellsTime = TextTraits.tellsTime(memory.text());
	}

	/**
	 * The size of the text. Counted when it is first asked for: most turns are never
	 * recalled, and two threads that count at once find the same.
	 * @return the number of tokens
	 */
	int tokens() {
		if (this.tokens == 0) {
			this.tokens = TokenCounter.count(this.memory.text());
		}
		return this.tokens;
	}

}
