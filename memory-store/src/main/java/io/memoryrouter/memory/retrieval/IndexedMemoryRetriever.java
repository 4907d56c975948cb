package io.memoryrouter.memory.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.Recall.Recalled;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.RecallQuery.Scope;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.memoryrouter.memory.retrieval.VaultFindings.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Recalls from indexes in memory that follow the log of a {@link MemoryStore}, whichever
 * it is.
 * <p>
 * A recall
 * <ol>
 * <li>brings the index of the vault up to date with the store's log, and embeds the
 * question meanwhile,</li>
 * <li>scores every memory of the vault by words and vectors,</li>
 * <li>drops what the caller has already, what is said twice, and what is hopeless,</li>
 * <li>takes the best as far as the limits go,</li>
 * <li>and answers with nothing if none of them has to do with the question.</li>
 * </ol>
 * Where several vaults are searched, each is ranked by its own statistics, and what they
 * found is merged. So a recall sees everything that was stored before it was subscribed
 * to, by this process or another. Memories whose vectors have not come yet are found by
 * their words. Ranking runs on threads of its own; a recall that is cancelled before it
 * gets there does no more work.
 */
public final class IndexedMemoryRetriever implements MemoryRetriever, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(IndexedMemoryRetriever.class);

	/** How many recalls may wait for a thread before further ones fail. */
	private static final int MAX_WAITING = 10_000;

	private final TextEmbedder embedder;

	private final RetrievalSettings settings;

	private final Scheduler scheduler;

	private final VaultIndexes indexes;

	private final ThreadLocal<Scores> scores = ThreadLocal.withInitial(Scores::new);

	/**
	 * Makes a retriever with threads of its own.
	 * @param store where the memories are
	 * @param embedder what embeds the questions; memories whose vectors another model
	 * made count as not embedded yet
	 * @param settings what recall may use, and how it ranks
	 */
	public IndexedMemoryRetriever(MemoryStore store, TextEmbedder embedder, RetrievalSettings settings) {
		this.embedder = embedder;
		this.settings = settings;
		this.scheduler = Schedulers.newBoundedElastic(settings.threads(), MAX_WAITING, "memory-recall", 60, true);
		this.indexes = new VaultIndexes(store, this.scheduler, embedder.model(), embedder.dimensions(),
				settings.cacheBytes());
	}

	@Override
	public Mono<Recall> recall(RecallQuery query) {
		if (query.text().isBlank() || (query.scope() == Scope.SESSION && query.session() == null)) {
			return Mono.just(nothing(Outcome.EMPTY));
		}
		return Mono.defer(() -> {
			Stopwatch embedding = new Stopwatch();
			Mono<Embedding> vector = this.embedder.embedQuery(query.text()).doOnNext((result) -> embedding.stop());
			Stopwatch following = new Stopwatch();
			Mono<List<VaultIndex>> indexes = indexes(query).doOnNext((result) -> following.stop());
			return Mono.zip(indexes, vector)
				.publishOn(this.scheduler)
				.map((found) -> recall(query, found.getT1(), found.getT2(), embedding.time(), following.time()));
		});
	}

	private Mono<List<VaultIndex>> indexes(RecallQuery query) {
		Mono<VaultIndex> own = this.indexes.current(query.vault());
		if (query.readVaults().isEmpty() || query.scope() == Scope.SESSION) {
			return own.map(List::of);
		}
		Flux<VaultIndex> others = Flux.fromIterable(query.readVaults())
			.flatMapSequential((vault) -> this.indexes.current(vault).onErrorResume(this::leaveOut));
		return Flux.concat(own, others).collectList();
	}

	/** A vault that is read beside the own one does not sink the recall. */
	private Mono<VaultIndex> leaveOut(Throwable ex) {
		logger.warn("A vault that is read beside the own one is left out of a recall: {}", ex.getClass().getName());
		return Mono.empty();
	}

	@Override
	public Mono<Integer> warmUp(VaultId vault) {
		return this.indexes.current(vault).map((index) -> index.read(VaultIndex::size));
	}

	/**
	 * Does once what every recall does, about a memory that is nowhere stored, so that
	 * the first question does not wait for classes, vocabularies and connections.
	 * @return completion; an error if a recall would fail
	 */
	public Mono<Void> warmUp() {
		RecallQuery query = WarmUp.query();
		Mono<Integer> tokens = Mono.fromCallable(() -> TokenCounter.count(query.text())).subscribeOn(this.scheduler);
		return Mono.zip(this.embedder.embedQuery(query.text()), this.indexes.current(query.vault()), tokens)
			.publishOn(this.scheduler)
			.map((found) -> recall(query, List.of(WarmUp.index(found.getT1())), found.getT1(), Duration.ZERO,
					Duration.ZERO))
			.then();
	}

	/**
	 * Ends the threads. Recalls that are under way fail.
	 */
	@Override
	public void close() {
		this.scheduler.dispose();
	}

	private Recall recall(RecallQuery query, List<VaultIndex> indexes, Embedding vector, Duration embedding,
			Duration following) {
		Stopwatch ranking = new Stopwatch();
		Recall recall = (indexes.size() == 1) ? toRecall(find(query, indexes.get(0), vector, true))
				: merge(query, indexes, vector);
		ranking.stop();
		return new Recall(recall.outcome(), recall.memories(), recall.tokens(), embedding,
				following.plus(ranking.time()));
	}

	private Recall merge(RecallQuery query, List<VaultIndex> indexes, Embedding vector) {
		List<VaultFindings> findings = new ArrayList<>(indexes.size());
		for (VaultIndex index : indexes) {
			findings.add(find(query, index, vector, findings.isEmpty()));
		}
		return FindingsMerger.merge(findings, query);
	}

	private static Recall toRecall(VaultFindings found) {
		List<Recalled> memories = found.findings().stream().map(Finding::recalled).toList();
		int tokens = memories.stream().mapToInt(Recalled::tokens).sum();
		return new Recall(found.outcome(), memories, tokens, Duration.ZERO, Duration.ZERO);
	}

	private VaultFindings find(RecallQuery query, VaultIndex index, Embedding vector, boolean own) {
		return index.read((current) -> findIn(query, current, vector, own));
	}

	private VaultFindings findIn(RecallQuery query, VaultIndex index, Embedding vector, boolean own) {
		Ranker ranker = new Ranker(index, this.scores.get(),
				index.isAmongPeople() ? this.settings.people() : this.settings.assistant());
		Question question = Question.of(query, this.settings.contextWeight());
		Ranking ranking = ranker.rank(question, vector.vector(), own ? query.session() : null,
				query.scope() == Scope.SESSION);
		if (ranking.size() == 0) {
			return VaultFindings.nothing(Outcome.EMPTY);
		}
		RelevanceGate gate = new RelevanceGate(ranking);
		Selection selection = Selection.from(ranking, gate, query);
		if (!gate.opens(selection.turns())) {
			return VaultFindings.nothing(Outcome.BELOW_THRESHOLD);
		}
		return new VaultFindings(Outcome.HIT,
				selection.turns()
					.stream()
					.map((turn) -> new Finding(new Recalled(turn.memory, ranking.score(turn), turn.tokens()),
							gate.evidence(turn), Selection.Saying.of(turn)))
					.toList());
	}

	private static Recall nothing(Outcome outcome) {
		return new Recall(outcome, List.of(), 0, Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Measures a time once; written by one thread and then read by another.
	 */
	private static final class Stopwatch {

		private final long start = System.nanoTime();

		private volatile long end;

		void stop() {
			this.end = System.nanoTime();
		}

		Duration time() {
			return Duration.ofNanos(this.end - this.start);
		}

	}

}
