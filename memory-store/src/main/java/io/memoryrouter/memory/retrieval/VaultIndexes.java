package io.memoryrouter.memory.retrieval;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
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

	/** What Reactor takes for no end, without a timer. */
	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final MemoryStore store;

	private final Scheduler scheduler;

	private final String model;

	private final int dimensions;

	private final Cache<VaultId, Entry> cache;

	/**
	 * Makes the cache.
	 * @param store where the memories are
	 * @param scheduler where changes are applied, and the cache is kept in order; its
	 * threads may wait for locks
	 * @param model the model whose vectors are compared
	 * @param dimensions the number of components of its vectors
	 * @param maxBytes how much memory the indexes may take together
	 */
	VaultIndexes(MemoryStore store, Scheduler scheduler, String model, int dimensions, long maxBytes) {
		this.store = store;
		this.scheduler = scheduler;
		this.model = model;
		this.dimensions = dimensions;
		this.cache = Caffeine.newBuilder()
			.maximumWeight(maxBytes)
			.weigher((VaultId vault, Entry entry) -> (int) Math.min(entry.index.weigh(), Integer.MAX_VALUE))
			.executor(scheduler::schedule)
			.build();
	}

	/**
	 * Brings the index of a vault up to date.
	 * @param vault the vault
	 * @return its index, with all that was in the store's log when this was subscribed to
	 */
	Mono<VaultIndex> current(VaultId vault) {
		return Mono.defer(() -> {
			Entry entry = this.cache.get(vault, this::emptyEntry);
			// A load that others began may have read the log before the caller last
			// wrote:
			// it is read once more from there.
			return entry.loading.then(follow(entry.index)).doOnNext((index) -> weighAnew(vault, entry));
		});
	}

	/**
	 * An index that is loaded once however many wait for it. Whoever cancels does not
	 * cancel it for the others, and where one attempt fails the next goes on.
	 */
	private Entry emptyEntry(VaultId vault) {
		VaultIndex index = new VaultIndex(vault, this.model, this.dimensions);
		return new Entry(index,
				follow(index).cache((loaded) -> FOREVER, (fault) -> Duration.ZERO, () -> Duration.ZERO));
	}

	private Mono<VaultIndex> follow(VaultIndex index) {
		return Mono.defer(() -> this.store.changes(index.vault(), index.position())
			.buffer(BATCH)
			.publishOn(this.scheduler, 1)
			.doOnNext(index::apply)
			.then(Mono.just(index)));
	}

	private void weighAnew(VaultId vault, Entry entry) {
		if (entry.index.hasOutgrownWeight()) {
			this.cache.put(vault, entry);
		}
	}

	private record Entry(VaultIndex index, Mono<VaultIndex> loading) {

	}

}
