package io.memoryrouter.memory.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.RecallQuery.Scope;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

import static org.assertj.core.api.Assertions.assertThat;

class IndexedMemoryRetrieverTests {

	private static final VaultId VAULT = new VaultId("v");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final LogStore store = new LogStore();

	private final WordsEmbedder embedder = new WordsEmbedder();

	private IndexedMemoryRetriever retriever = new IndexedMemoryRetriever(this.store, this.embedder,
			RetrievalSettings.DEFAULT);

	@AfterEach
	void close() {
		this.retriever.close();
	}

	@Test
	void recallWhenQuestionIsBlankThenIsEmptyAndNothingIsCalled() {
		remember("m1", "The harbour is closed on Sundays.");
		assertThat(recall(query(" \n ")).outcome()).isEqualTo(Outcome.EMPTY);
		assertThat(this.embedder.queries).hasValue(0);
		assertThat(this.store.wholeReads).hasValue(0);
	}

	@Test
	void recallWhenVaultIsEmptyThenIsEmpty() {
		assertThat(recall(query("Where is the harbour?")).outcome()).isEqualTo(Outcome.EMPTY);
	}

	@Test
	void recallWhenSomethingIsRelevantThenItComesFirst() {
		remember("m1", "The harbour is closed on Sundays.");
		remember("m2", "My sister plays the violin.");
		Recall recall = recall(query("When is the harbour closed?"));
		assertThat(recall.outcome()).isEqualTo(Outcome.HIT);
		assertThat(ids(recall)).startsWith("m1");
		assertThat(recall.tokens()).isEqualTo(recall.memories().stream().mapToInt(Recall.Recalled::tokens).sum());
		assertThat(recall.retrieval()).isPositive();
	}

	@Test
	void recallWhenNothingIsRelevantThenIsBelowThreshold() {
		remember("m1", "The harbour is closed on Sundays.");
		Recall recall = recall(query("Translate serendipity into Latin"));
		assertThat(recall.outcome()).isEqualTo(Outcome.BELOW_THRESHOLD);
		assertThat(recall.memories()).isEmpty();
	}

	@Test
	void recallWhenVectorHasNotComeThenFindsByWords() {
		this.store.append(VAULT, List.of(memory("m1", null, "The harbour is closed on Sundays."))).block();
		assertThat(ids(recall(query("harbour")))).containsExactly("m1");
	}

	@Test
	void recallWhenVectorHasNotComeThenSomeOfTheWordsAreEnough() {
		String question = "What should I focus on today?";
		this.store
			.append(VAULT, List.of(memory("m1", null, question), memory("m2", null, "Focus on the launch checklist."),
					memory("m3", null, "My sister plays the violin.")))
			.block();
		RecallQuery asked = query(question, (memory) -> memory.text().equals(question), 100, 10_000);
		assertThat(ids(recall(asked))).containsExactly("m2");
	}

	@Test
	void recallWhenVectorIsOfAnotherModelThenItIsNotCompared() {
		Memory memory = memory("m1", null, "The harbour is closed on Sundays.");
		this.store.append(VAULT, List.of(memory)).block();
		this.store.embed(VAULT, Map.of(memory, new Embedding("other", new float[3]))).block();
		assertThat(ids(recall(query("harbour")))).containsExactly("m1");
	}

	@Test
	void recallWhenMemoryWasChangedThenSeesTheChange() {
		remember("m1", "The harbour is closed on Sundays.");
		assertThat(ids(recall(query("harbour")))).containsExactly("m1");
		remember("m2", "The harbour master is called Ida.");
		assertThat(ids(recall(query("harbour")))).containsExactlyInAnyOrder("m1", "m2");
		this.store.replaceText(VAULT, "m1", "The library is closed on Sundays.").block();
		assertThat(ids(recall(query("harbour")))).containsExactly("m2");
		assertThat(ids(recall(query("library")))).containsExactly("m1");
		this.store.delete(VAULT, "m2").block();
		assertThat(recall(query("harbour")).outcome()).isEqualTo(Outcome.BELOW_THRESHOLD);
		assertThat(this.store.wholeReads).hasValue(1);
	}

	@Test
	void recallWhenVaultsAreTwoThenNeitherSeesTheOther() {
		remember("m1", "The harbour is closed on Sundays.");
		RecallQuery other = new RecallQuery(new VaultId("w"), List.of(), "harbour", List.of(), null, Scope.VAULT, 10,
				1000, (memory) -> false, Instant.EPOCH);
		assertThat(recall(other).outcome()).isEqualTo(Outcome.EMPTY);
	}

	@Test
	void recallWhenScopeIsSessionThenSearchesThatSessionAlone() {
		SessionId first = new SessionId("s1");
		remember(memory("m1", first, "The harbour is closed on Sundays."));
		remember(memory("m2", new SessionId("s2"), "The harbour master is called Ida."));
		assertThat(ids(recall(query("harbour", first, Scope.SESSION)))).containsExactly("m1");
		assertThat(recall(query("harbour", null, Scope.SESSION)).outcome()).isEqualTo(Outcome.EMPTY);
		assertThat(recall(query("harbour", new SessionId("s3"), Scope.SESSION)).outcome()).isEqualTo(Outcome.EMPTY);
	}

	@Test
	void recallWhenTwoAreEquallyGoodThenPrefersTheSession() {
		SessionId session = new SessionId("s1");
		remember(memory("m1", session, "The harbour is closed on Sundays."));
		remember(memory("m2", new SessionId("s2"), "The harbour is closed on Sundays."));
		assertThat(ids(recall(query("harbour")))).first().isEqualTo("m2");
		assertThat(ids(recall(query("harbour", session, Scope.VAULT)))).first().isEqualTo("m1");
	}

	@Test
	void recallWhenMemoriesAreExcludedThenTheyTakeNoPlace() {
		IntStream.range(0, 20).forEach((i) -> remember("m" + i, "Harbour fact number " + i));
		Recall recall = recall(query("harbour fact", (memory) -> !memory.id().equals("m7"), 1, 1000));
		assertThat(ids(recall)).containsExactly("m7");
	}

	@Test
	void recallWhenLimitsAreReachedThenStops() {
		IntStream.range(0, 20).forEach((i) -> remember("m" + i, "Harbour fact number " + i));
		assertThat(recall(query("harbour fact", (memory) -> false, 3, 1000)).memories()).hasSize(3);
		Recall recall = recall(query("harbour fact", (memory) -> false, 100, 12));
		assertThat(recall.tokens()).isBetween(1, 12);
		assertThat(recall.memories()).hasSizeBetween(1, 3);
	}

	@Test
	void recallWhenBestIsTooLargeThenTakesSmallerOnes() {
		remember("large", "harbour fact " + "harbour ".repeat(200));
		remember("small", "A harbour fact.");
		assertThat(ids(recall(query("harbour fact", (memory) -> false, 10, 50)))).containsExactly("small");
	}

	@Test
	void recallWhenTheSameWasSaidTwiceThenTellsItOnce() {
		remember("m1", "The harbour is closed on Sundays.");
		remember("m2", "the harbour is closed on sundays");
		remember("m3", "The harbour is not closed on Sundays.");
		assertThat(ids(recall(query("harbour closed")))).hasSize(2).contains("m3");
	}

	@Test
	void recallWhenTextLooksLikeControlTokensThenCountsIt() {
		remember("m1", "The harbour <|endoftext|> is closed.");
		assertThat(recall(query("harbour closed")).tokens()).isPositive();
	}

	@Test
	void recallWhenEmbedderFailsThenIsError() {
		WordsEmbedder broken = new WordsEmbedder() {
			@Override
			public Mono<Embedding> embedQuery(String text) {
				return Mono.error(new IllegalStateException("broken"));
			}
		};
		useRetriever(new IndexedMemoryRetriever(this.store, broken, RetrievalSettings.DEFAULT));
		StepVerifier.create(this.retriever.recall(query("harbour"))).expectErrorMessage("broken").verify(PATIENCE);
	}

	@Test
	void recallWhenStoreFailedOnceThenNextRecallLoadsAgain() {
		List<Mono<Void>> faults = new ArrayList<>(List.of(Mono.error(new IllegalStateException("broken"))));
		LogStore flaky = new LogStore() {
			@Override
			public synchronized Flux<Change> changes(VaultId vault, long after) {
				return (faults.isEmpty() ? Mono.<Void>empty() : faults.remove(0)).thenMany(super.changes(vault, after));
			}
		};
		useRetriever(new IndexedMemoryRetriever(flaky, this.embedder, RetrievalSettings.DEFAULT));
		StepVerifier.create(this.retriever.recall(query("harbour"))).expectErrorMessage("broken").verify(PATIENCE);
		assertThat(recall(query("harbour")).outcome()).isEqualTo(Outcome.EMPTY);
	}

	@Test
	void recallWhenManyAskAColdVaultThenItIsLoadedOnce() {
		remember("m1", "The harbour is closed on Sundays.");
		Sinks.One<Boolean> gate = Sinks.one();
		LogStore slow = new LogStore() {
			@Override
			public synchronized Flux<Change> changes(VaultId vault, long after) {
				return gate.asMono().thenMany(IndexedMemoryRetrieverTests.this.store.changes(vault, after));
			}
		};
		useRetriever(new IndexedMemoryRetriever(slow, this.embedder, RetrievalSettings.DEFAULT));
		Mono<Recall> first = this.retriever.recall(query("harbour"));
		Disposable impatient = first.subscribe();
		Mono<List<Recall>> others = Flux.range(0, 20).flatMap((i) -> first, 20).collectList();
		StepVerifier.create(others)
			.then(impatient::dispose)
			.then(() -> gate.tryEmitValue(true))
			.assertNext((recalls) -> assertThat(recalls).extracting(Recall::outcome).containsOnly(Outcome.HIT))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.store.wholeReads).hasValue(1);
	}

	@Test
	void recallWhenCancelledThenEmbeddingIsCancelled() {
		PublisherProbe<Embedding> probe = PublisherProbe.of(Mono.never());
		WordsEmbedder stuck = new WordsEmbedder() {
			@Override
			public Mono<Embedding> embedQuery(String text) {
				return probe.mono();
			}
		};
		useRetriever(new IndexedMemoryRetriever(this.store, stuck, RetrievalSettings.DEFAULT));
		StepVerifier.create(this.retriever.recall(query("harbour")))
			.then(probe::assertWasSubscribed)
			.thenCancel()
			.verify(PATIENCE);
		probe.assertWasCancelled();
	}

	@Test
	void recallWhenCacheIsTinyThenIsStillRight() {
		useRetriever(
				new IndexedMemoryRetriever(this.store, this.embedder, RetrievalSettings.DEFAULT.withCacheBytes(1)));
		remember("m1", "The harbour is closed on Sundays.");
		assertThat(ids(recall(query("harbour")))).containsExactly("m1");
		remember("m2", "The harbour master is called Ida.");
		assertThat(ids(recall(query("harbour")))).containsExactlyInAnyOrder("m1", "m2");
	}

	@Test
	void recallWhenOthersWriteMeanwhileThenSeesWhatWasThereBefore() {
		Flux.range(0, 200).flatMap((i) -> {
			String id = "m" + i;
			remember(id, "Harbour " + id + " is closed.");
			return this.retriever.recall(query("harbour " + id))
				.doOnNext((recall) -> assertThat(ids(recall)).contains(id));
		}, 8).as(StepVerifier::create).expectNextCount(200).expectComplete().verify(PATIENCE);
	}

	private void useRetriever(IndexedMemoryRetriever other) {
		this.retriever.close();
		this.retriever = other;
	}

	private void remember(String id, String text) {
		remember(memory(id, null, text));
	}

	private void remember(Memory memory) {
		this.store.append(VAULT, List.of(memory)).block();
		this.store.embed(VAULT, Map.of(memory, this.embedder.embed(memory.text()))).block();
	}

	private static Memory memory(String id, @Nullable SessionId session, String text) {
		return new Memory(id, VAULT, session, Role.USER, null, text, Instant.parse("2024-02-03T10:00:00Z"), false);
	}

	private Recall recall(RecallQuery query) {
		Recall recall = this.retriever.recall(query).block(PATIENCE);
		assertThat(recall).isNotNull();
		return recall;
	}

	private static List<String> ids(Recall recall) {
		return recall.memories().stream().map((recalled) -> recalled.memory().id()).toList();
	}

	private static RecallQuery query(String text) {
		return query(text, (memory) -> false, 100, 10_000);
	}

	private static RecallQuery query(String text, @Nullable SessionId session, Scope scope) {
		return new RecallQuery(VAULT, List.of(), text, List.of(), session, scope, 100, 10_000, (memory) -> false,
				Instant.EPOCH);
	}

	private static RecallQuery query(String text, Predicate<Memory> exclude, int limit, int maxTokens) {
		return new RecallQuery(VAULT, List.of(), text, List.of(), null, Scope.VAULT, limit, maxTokens, exclude,
				Instant.EPOCH);
	}

}
