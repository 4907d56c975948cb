package io.memoryrouter.memory.ingest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.MemoryStore.PendingEmbedding;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedding.EmbeddingException;
import io.memoryrouter.memory.embedding.PassageText;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One round of embedding: the oldest memories without a vector get theirs. Used by one
 * thread, which it blocks.
 * <p>
 * If the embedder refuses a batch but can embed something else, the memories are tried
 * one by one and those that fail are {@link SetAside set aside}: one bad memory does not
 * hold up the others. If it can embed nothing, the fault is the round's.
 */
final class EmbeddingRound {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddingRound.class);

	private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);

	private static final String HARMLESS_TEXT = "user: hello";

	private final MemoryStore store;

	private final TextEmbedder embedder;

	private final int batchSize;

	private final SetAside setAside;

	private final Counter embedded;

	private final Counter failed;

	EmbeddingRound(MemoryStore store, TextEmbedder embedder, MeterRegistry meters, IngestSettings settings) {
		this.store = store;
		this.embedder = embedder;
		this.batchSize = settings.batchSize();
		this.setAside = new SetAside(InstantSource.system());
		this.embedded = meters.counter(MemoryMetrics.EMBEDDING, MemoryMetrics.OUTCOME, "embedded");
		this.failed = meters.counter(MemoryMetrics.EMBEDDING, MemoryMetrics.OUTCOME, "failed");
		meters.gauge(MemoryMetrics.EMBEDDING_SET_ASIDE, this.setAside, SetAside::size);
	}

	/**
	 * Does the round.
	 * @return how many memories were tried; 0 means that there is nothing to do
	 * @throws RuntimeException if the store or the embedder fails
	 */
	int run() {
		List<PendingEmbedding> batch = due();
		if (batch.isEmpty()) {
			return 0;
		}
		Map<Memory, Embedding> vectors = embed(batch);
		byVault(vectors).forEach((vault, part) -> this.store.embed(vault, part).block(CALL_TIMEOUT));
		vectors.keySet().forEach(this.setAside::remove);
		this.embedded.increment(vectors.size());
		return batch.size();
	}

	/** What was set aside may stand first in the store's list: the rest is behind it. */
	private List<PendingEmbedding> due() {
		int limit = this.batchSize + this.setAside.size();
		return await(this.store.pending(this.embedder.model(), limit).collectList()).stream()
			.filter((pending) -> this.setAside.isDue(pending.memory()))
			.limit(this.batchSize)
			.toList();
	}

	private Map<Memory, Embedding> embed(List<PendingEmbedding> batch) {
		try {
			return tryAll(batch);
		}
		catch (EmbeddingException.Overloaded ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			requireWorkingEmbedder(ex);
			return tryEach(batch);
		}
	}

	private Map<Memory, Embedding> tryAll(List<PendingEmbedding> batch) {
		List<Embedding> vectors = embedTexts(
				batch.stream().map((pending) -> PassageText.of(pending.memory(), pending.previous())).toList());
		Map<Memory, Embedding> byMemory = new LinkedHashMap<>();
		for (int i = 0; i < batch.size(); i++) {
			byMemory.put(batch.get(i).memory(), vectors.get(i));
		}
		return byMemory;
	}

	private Map<Memory, Embedding> tryEach(List<PendingEmbedding> batch) {
		Map<Memory, Embedding> byMemory = new LinkedHashMap<>();
		for (PendingEmbedding pending : batch) {
			try {
				byMemory.putAll(tryAll(List.of(pending)));
			}
			catch (EmbeddingException.Overloaded ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				logger.debug("Memory {} cannot be embedded", pending.memory().id(), ex);
				this.setAside.add(pending.memory());
				this.failed.increment();
			}
		}
		return byMemory;
	}

	private void requireWorkingEmbedder(RuntimeException fault) {
		try {
			embedTexts(List.of(HARMLESS_TEXT));
		}
		catch (RuntimeException ex) {
			fault.addSuppressed(ex);
			throw fault;
		}
	}

	private List<Embedding> embedTexts(List<String> texts) {
		List<Embedding> vectors = await(this.embedder.embedPassages(texts));
		String model = this.embedder.model();
		if (vectors.size() != texts.size() || !vectors.stream().allMatch((vector) -> vector.model().equals(model))) {
			throw new EmbeddingException("The embedder did not return one vector of its model for each text");
		}
		return vectors;
	}

	private static Map<VaultId, Map<Memory, Embedding>> byVault(Map<Memory, Embedding> vectors) {
		Map<VaultId, Map<Memory, Embedding>> vaults = new LinkedHashMap<>();
		vectors.forEach((memory, vector) -> vaults.computeIfAbsent(memory.vault(), (vault) -> new LinkedHashMap<>())
			.put(memory, vector));
		return vaults;
	}

	private static <T> T await(Mono<T> call) {
		return call.blockOptional(CALL_TIMEOUT).orElseThrow(() -> new IllegalStateException("A call had no result"));
	}

}
