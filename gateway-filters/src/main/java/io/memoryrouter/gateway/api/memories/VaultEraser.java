package io.memoryrouter.gateway.api.memories;

import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Erases one kind of what is kept of a vault. Every bean of this type takes part in the
 * erasure of a vault or a session, in the order of the beans; whatever keeps something of
 * a vault has to have one.
 */
public interface VaultEraser {

	/**
	 * The kind, as the erasure's receipt names it.
	 * @return a plural in lower case, for instance {@code idempotency_records}
	 */
	String kind();

	/**
	 * Erases. Called again after a failure, so what is gone already is no error.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return what was there, and what is; exactly one element
	 */
	Mono<Counts> erase(VaultId vault, @Nullable SessionId session);

	/**
	 * What became of one kind.
	 *
	 * @param deleted how many were deleted
	 * @param remaining how many there are, counted afterwards
	 */
	record Counts(long deleted, long remaining) {

	}

}
