package io.memoryrouter.memory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The counts of a vault.
 *
 * @param memories the number of memories
 * @param sessions the number of sessions
 * @param characters the length of all texts together, in UTF-16 units
 * @param pending the number of memories that wait for a vector
 * @param oldest the time of the oldest memory, or {@code null} if there is none
 * @param newest the time of the newest memory, or {@code null} if there is none
 */
public record VaultStats(long memories, long sessions, long characters, long pending, @Nullable Instant oldest,
		@Nullable Instant newest) {

}
