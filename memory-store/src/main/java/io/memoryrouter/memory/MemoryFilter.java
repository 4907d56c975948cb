package io.memoryrouter.memory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which memories to list. What is {@code null} does not restrict.
 *
 * @param session only this session's
 * @param role only this role's
 * @param words only those whose text has all of these words; any text is fine, none of it
 * is syntax
 * @param since only those from this time on, inclusive
 * @param until only those before this time, exclusive
 */
public record MemoryFilter(@Nullable SessionId session, @Nullable Role role, @Nullable String words,
		@Nullable Instant since, @Nullable Instant until) {

	/** All memories. */
	public static final MemoryFilter ALL = new MemoryFilter(null, null, null, null, null);

}
