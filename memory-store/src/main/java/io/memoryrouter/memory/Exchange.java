package io.memoryrouter.memory;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was said in one request and its answer: the unit of ingestion, stored whole or not
 * at all.
 *
 * @param vault the vault to store it in
 * @param session the conversation, or {@code null}
 * @param createdAt when it was said
 * @param precededBy a fingerprint of what the conversation held before this exchange, or
 * an empty string. Two exchanges of equal words after different histories are different
 * exchanges; the same exchange sent twice (a retry, the steps of a tool loop) has the
 * same history and is stored once
 * @param turns what was said, in order; not empty
 */
public record Exchange(VaultId vault, @Nullable SessionId session, Instant createdAt, String precededBy,
		List<Turn> turns) {

	/**
	 * Takes a copy of the turns.
	 */
	public Exchange {
		turns = List.copyOf(turns);
	}

	/**
	 * The memories that this exchange becomes, with the ids of {@link MemoryIds}.
	 * @return one memory a turn, in order
	 */
	public List<Memory> toMemories() {
		return MemoryIds.assign(this);
	}

	/**
	 * One message.
	 *
	 * @param role who said it
	 * @param speaker the name of who said it, or {@code null}
	 * @param text what was said; not blank
	 * @param partial whether the text was cut short
	 */
	public record Turn(Role role, @Nullable String speaker, String text, boolean partial) {

	}

}
