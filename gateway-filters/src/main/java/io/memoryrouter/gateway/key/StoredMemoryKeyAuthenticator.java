package io.memoryrouter.gateway.key;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.MemoryKeyService;
import reactor.core.publisher.Mono;

/**
 * Checks Memory Keys with the {@link MemoryKeyService}.
 */
public final class StoredMemoryKeyAuthenticator implements ServerMemoryKeyAuthenticator {

	private final MemoryKeyService keys;

	public StoredMemoryKeyAuthenticator(MemoryKeyService keys) {
		this.keys = keys;
	}

	@Override
	public Mono<KeyContext> authenticate(MemoryKey key) {
		return this.keys.authenticate(key).map((record) -> new KeyContext(record, record.ceiling().and(key.mode())));
	}

}
