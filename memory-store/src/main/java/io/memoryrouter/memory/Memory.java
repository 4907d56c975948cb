package io.memoryrouter.memory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, as it is kept in a vault: the unit of storage and of
 * retrieval.
 *
 * @param id unique in the vault; equal input makes an equal id, see {@link MemoryIds}
 * @param vault the vault that it belongs to
 * @param session the conversation that it was said in, or {@code null}
 * @param role who said it
 * @param speaker the name of who said it where a conversation has several people, or
 * {@code null}
 * @param text what was said; not blank
 * @param createdAt when it was said, to the millisecond
 * @param partial whether the text was cut short: the stream ended, or the client hung up,
 * before the whole answer had come, or the answer was longer than what is captured
 */
public record Memory(String id, VaultId vault, @Nullable SessionId session, Role role, @Nullable String speaker,
		String text, Instant createdAt, boolean partial) {

}
