package io.memoryrouter.memory.idempotency;

import java.time.Duration;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps what was answered to requests with an idempotency key, for {@link #LIFETIME}.
 * <p>
 * A request is claimed before it is handled and completed after it. Two that come at the
 * same time under one key both find the claim: whoever uses this does what can be done
 * twice without harm, and the first answer that is completed is the answer of both.
 * <p>
 * What completes is durable. Errors are {@link MemoryStoreException}s. No call blocks its
 * caller.
 */
public interface IdempotencyStore {

	/** How long a key counts, from the first request on. */
	Duration LIFETIME = Duration.ofHours(24);

	/** The greatest length of a key, in characters. */
	int MAX_KEY_LENGTH = 255;

	/**
	 * Claims a key for a request, unless another has it.
	 * @param vault the vault in which the key counts
	 * @param session the conversation of the request, or {@code null}
	 * @param key the key: 1 to {@value #MAX_KEY_LENGTH} characters
	 * @param fingerprint tells the request apart from others
	 * @return the record of the request that has the key, this one or an earlier one
	 */
	Mono<IdempotencyRecord> claim(VaultId vault, @Nullable SessionId session, String key, String fingerprint);

	/**
	 * Notes the answer to a request. If one is noted already, that stays.
	 * @param vault the vault
	 * @param key the key that the request has claimed
	 * @param answer the answer
	 * @return the answer that counts; empty if there is no such claim any more: it was
	 * erased
	 */
	Mono<String> complete(VaultId vault, String key, String answer);

	/**
	 * Erases the records of a vault, or of one session of it. No trace of them remains in
	 * the store's files when this completes.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return how many were erased
	 */
	Mono<Long> erase(VaultId vault, @Nullable SessionId session);

	/**
	 * Counts the records of a vault, or of one session of it.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return how many there are
	 */
	Mono<Long> count(VaultId vault, @Nullable SessionId session);

}
