package io.memoryrouter.memory.retrieval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.VaultId;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The indexes of the vaults that were asked for lately, as many as fit into the memory
 * that they may take.
 */
final class VaultIndexes {

	/** How many changes are applied under one lock. */
	private static final int BATCH = 256;

	private final MemoryStore store;

	private final Scheduler scheduler;

	private final String model;

	private final int dimensions;

	private final AsyncCache<VaultId, VaultIndex> cache;

	VaultIndexes(MemoryStore store, Scheduler scheduler, String model, int dimensions, long maxBytes) {
		this.store = store;
		this.scheduler = scheduler;
		this.model = model;
		this.dimensions = dimensions;
		this.cache = Caffeine.newBuilder()
			.maximumWeight(maxBytes)
			.weigher((VaultId vault, VaultIndex index) -> (int) Math.min(index.weigh(), Integer.MAX_VALUE))
			.executor(scheduler::schedule)
			.buildAsync();
	}

	/**
	 * Brings the index of a vault up to date.
	 * @param vault the vault
	 * @return its index, which has all that was in the store's log when this was
	 * subscribed to
	 */
	Mono<VaultIndex> current(VaultId vault) {
		return Mono.defer(() -> {
			CompletableFuture<VaultIndex> cached = this.cache.getIfPresent(vault);
			// Who waits for a load that began before may have written since: in any case
			// the log is read once more.
			return Mono.fromFuture((cached != null) ? cached : this.cache.get(vault, this::load), true)
				.flatMap(this::follow)
				.doOnNext((index) -> weighAnew(vault, index));
		});
	}

	/**
	 * Loads a vault's whole log, once however many ask. Whoever cancels does not cancel
	 * it for the others.
	 */
	private CompletableFuture<VaultIndex> load(VaultId vault, Executor executor) {
		VaultIndex index = new VaultIndex(vault, this.model, this.dimensions);
		return follow(index).toFuture();
	}

	private Mono<VaultIndex> follow(VaultIndex index) {
		return this.store.changes(index.vault(), index.position())
			.buffer(BATCH)
			.publishOn(this.scheduler, 1)
			.doOnNext(index::apply)
			.then(Mono.just(index));
	}

	private void weighAnew(VaultId vault, VaultIndex index) {
		if (index.hasOutgrownWeight()) {
			this.cache.asMap().computeIfPresent(vault, (key, old) -> CompletableFuture.completedFuture(index));
		}
	}

}
