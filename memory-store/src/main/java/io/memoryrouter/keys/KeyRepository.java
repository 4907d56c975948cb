package io.memoryrouter.keys;

import reactor.core.publisher.Mono;

/**
 * Where Memory Keys are kept, by their hash. No call blocks its caller; a repository that
 * cannot be reached is a {@link KeyStoreUnavailableException} error.
 */
public interface KeyRepository {

	/**
	 * Looks a key up.
	 * @param hash {@link MemoryKey#hash()}
	 * @return what is known of it, also when it is revoked or expired; empty if there is
	 * no such key
	 */
	Mono<KeyRecord> findByHash(String hash);

	/**
	 * Adds a key.
	 * @param key what is known of it
	 * @param hash {@link MemoryKey#hash()}
	 * @return completion, when it is durable. An {@link IllegalArgumentException} error
	 * if its vault belongs to another account
	 */
	Mono<Void> create(KeyRecord key, String hash);

}
