package io.memoryrouter.memory;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that a test writes as far as it needs one: what it leaves out fails if it is
 * called.
 */
public abstract class PartialMemoryStore implements MemoryStore {

	@Override
	public Flux<Change> changes(VaultId vault, long after) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Flux<Memory> find(VaultId vault, Collection<String> ids) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<MemoryPage> list(VaultId vault, MemoryFilter filter, @Nullable String cursor, int limit) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Flux<Memory> readAll(VaultId vault) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Memory> replaceText(VaultId vault, String id, String text) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Boolean> delete(VaultId vault, String id) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Erasure> erase(VaultId vault, @Nullable SessionId session) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<VaultStats> stats(VaultId vault) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Flux<PendingEmbedding> pending(String model, int limit) {
		throw new UnsupportedOperationException();
	}

}
