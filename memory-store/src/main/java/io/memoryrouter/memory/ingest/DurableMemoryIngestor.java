package io.memoryrouter.memory.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryEditor;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * The ingest pipeline:
 * <ol>
 * <li>the turns are made storable: secrets are redacted, texts are bounded, blank ones
 * are left out;</li>
 * <li>their ids are derived from what they say, so that the same exchange is stored
 * once;</li>
 * <li>the store appends them, durably; then the call completes;</li>
 * <li>in the background they get their vectors. What waits for one is known to the store
 * alone: nothing is lost with the process, and nothing grows in its memory.</li>
 * </ol>
 * Making the pipeline starts the background work, with what an earlier process left over.
 */
public final class DurableMemoryIngestor implements MemoryIngestor, MemoryEditor, AutoCloseable {

	private final MemoryStore store;

	private final TurnPreparation preparation;

	private final int maxTextLength;

	private final EmbeddingWorker worker;

	private final MeterRegistry meters;

	private final Counter memories;

	/**
	 * Makes and starts the pipeline.
	 * @param store where memories are kept
	 * @param embedder what makes their vectors
	 * @param redactor what takes out of texts what must not be stored
	 * @param meters where the {@link MemoryMetrics} are registered
	 * @param settings the limits
	 */
	public DurableMemoryIngestor(MemoryStore store, TextEmbedder embedder, Redactor redactor, MeterRegistry meters,
			IngestSettings settings) {
		this.store = store;
		this.meters = meters;
		this.memories = meters.counter(MemoryMetrics.INGEST_MEMORIES);
		this.maxTextLength = settings.maxTextLength();
		this.preparation = new TurnPreparation(redactor, settings.maxTextLength(),
				meters.counter(MemoryMetrics.INGEST_REDACTED));
		this.worker = new EmbeddingWorker(new EmbeddingRound(store, embedder, meters, settings), meters, settings);
		this.worker.start();
	}

	@Override
	public Mono<Ingested> ingest(Exchange exchange) {
		return ingestAll(List.of(exchange)).map((ingested) -> ingested.get(0));
	}

	/** In one append: all or none. */
	@Override
	public Mono<List<Ingested>> ingestAll(List<Exchange> exchanges) {
		return Mono.fromCallable(() -> exchanges.stream().map(this::prepare).toList())
			.doOnError((failure) -> count("failed", exchanges.size()))
			.flatMap(this::append);
	}

	@Override
	public int maxTextLength() {
		return this.maxTextLength;
	}

	private List<Memory> prepare(Exchange exchange) {
		return this.preparation.prepare(exchange).toMemories();
	}

	@Override
	public Mono<Memory> replaceText(VaultId vault, String id, String text) {
		return Mono.fromCallable(() -> this.preparation.prepareText(text)).flatMap((prepared) -> {
			if (prepared.isBlank()) {
				return Mono.error(new IllegalArgumentException("Nothing of the text can be stored"));
			}
			return this.store.replaceText(vault, id, prepared).doOnNext((changed) -> this.worker.wake()).cache();
		});
	}

	/*
	 * The cache is what keeps a subscriber that goes away from cancelling the append: it
	 * holds the result of this one call and nothing else.
	 */
	private Mono<List<Ingested>> append(List<List<Memory>> prepared) {
		List<List<String>> ids = prepared.stream()
			.map((memories) -> memories.stream().map(Memory::id).toList())
			.toList();
		List<Memory> memories = prepared.stream().flatMap(List::stream).toList();
		if (memories.isEmpty()) {
			count("empty", ids.size());
			return Mono.just(ids.stream().map((none) -> new Ingested(none, 0)).toList());
		}
		return this.store.append(memories.get(0).vault(), memories)
			.map((added) -> appended(ids, added))
			.doOnError((failure) -> count(outcome(failure), ids.size()))
			.cache();
	}

	private List<Ingested> appended(List<List<String>> ids, List<String> added) {
		Set<String> left = new HashSet<>(added);
		List<Ingested> ingested = ids.stream().map((exchange) -> ingested(exchange, left)).toList();
		this.memories.increment(added.size());
		if (!added.isEmpty()) {
			this.worker.wake();
		}
		return ingested;
	}

	/** What two exchanges share is new with the first of them. */
	private Ingested ingested(List<String> exchange, Set<String> left) {
		int before = left.size();
		exchange.forEach(left::remove);
		int added = before - left.size();
		count(exchange.isEmpty() ? "empty" : (added > 0) ? "stored" : "duplicate", 1);
		return new Ingested(exchange, added);
	}

	private static String outcome(Throwable failure) {
		return (failure instanceof MemoryStoreException.Overloaded) ? "overloaded" : "failed";
	}

	private void count(String outcome, int exchanges) {
		this.meters.counter(MemoryMetrics.INGEST, MemoryMetrics.OUTCOME, outcome).increment(exchanges);
	}

	/**
	 * Ends the background work after the batch in hand, within the time allowed. What is
	 * not embedded yet stays on the store's list.
	 */
	@Override
	public void close() {
		this.worker.close();
	}

}
