package io.memoryrouter.keys;

import reactor.core.publisher.Mono;

/**
 * Authenticates Memory Keys.
 */
@FunctionalInterface
public interface MemoryKeyService {

	/**
	 * Checks a key, from a cache where it was seen shortly before.
	 * @param key the key
	 * @return what it stands for; empty if it is unknown, revoked or expired, which is
	 * not told apart. A {@link KeyStoreUnavailableException} error if keys cannot be
	 * looked up and this one was not seen in the last five minutes
	 */
	Mono<KeyRecord> authenticate(MemoryKey key);

}
