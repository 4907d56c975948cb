package io.memoryrouter.gateway.key;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.keys.MemoryKey;
import reactor.core.publisher.Mono;

/**
 * Checks a Memory Key.
 */
@FunctionalInterface
public interface ServerMemoryKeyAuthenticator {

	/**
	 * Checks a key.
	 * @param key the key
	 * @return what it stands for; empty if it is not accepted. A
	 * {@link io.memoryrouter.keys.KeyStoreUnavailableException} error if that cannot be
	 * told at the moment
	 */
	Mono<KeyContext> authenticate(MemoryKey key);

}
