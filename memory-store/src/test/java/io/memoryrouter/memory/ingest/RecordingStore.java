package io.memoryrouter.memory.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.PartialMemoryStore;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store in memory, as far as ingestion needs one, that can be told to fail.
 */
final class RecordingStore extends PartialMemoryStore {

	final Map<String, Memory> memories = new LinkedHashMap<>();

	final Map<String, Embedding> vectors = new ConcurrentHashMap<>();

	final AtomicInteger pendingCalls = new AtomicInteger();

	volatile @Nullable RuntimeException appendFault;

	volatile @Nullable RuntimeException embedFault;

	volatile Mono<Void> appendGate = Mono.empty();

	@Override
	public Mono<List<String>> append(VaultId vault, List<Memory> added) {
		return this.appendGate.then(Mono.fromCallable(() -> {
			if (this.appendFault != null) {
				throw this.appendFault;
			}
			synchronized (this.memories) {
				return added.stream()
					.filter((memory) -> this.memories.putIfAbsent(memory.id(), memory) == null)
					.map(Memory::id)
					.toList();
			}
		}));
	}

	@Override
	public Flux<PendingEmbedding> pending(String model, int limit) {
		return Flux.defer(() -> {
			this.pendingCalls.incrementAndGet();
			return Flux.fromIterable(pendingNow(limit));
		});
	}

	private List<PendingEmbedding> pendingNow(int limit) {
		List<PendingEmbedding> pending = new ArrayList<>();
		synchronized (this.memories) {
			Memory previous = null;
			for (Memory memory : this.memories.values()) {
				if (!this.vectors.containsKey(memory.id()) && pending.size() < limit) {
					pending.add(new PendingEmbedding(memory, previous));
				}
				previous = memory;
			}
		}
		return pending;
	}

	@Override
	public Mono<Void> embed(VaultId vault, Map<Memory, Embedding> embeddings) {
		return Mono.fromRunnable(() -> {
			if (this.embedFault != null) {
				throw this.embedFault;
			}
			embeddings.forEach((memory, vector) -> {
				if (!memory.vault().equals(vault)) {
					throw new IllegalArgumentException("A vector of another vault");
				}
				this.vectors.put(memory.id(), vector);
			});
		});
	}

	List<Memory> stored() {
		synchronized (this.memories) {
			return List.copyOf(this.memories.values());
		}
	}

}
