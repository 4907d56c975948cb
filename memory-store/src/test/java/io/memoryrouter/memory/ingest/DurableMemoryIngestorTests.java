package io.memoryrouter.memory.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DurableMemoryIngestor} with a store and an embedder that can fail.
 */
class DurableMemoryIngestorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final VaultId VAULT = new VaultId("v1");

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private final RecordingStore store = new RecordingStore();

	private final RecordingEmbedder embedder = new RecordingEmbedder();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<DurableMemoryIngestor> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.opened.forEach(DurableMemoryIngestor::close);
	}

	@Test
	void ingestWhenStoredThenAnswersIdsAndVectorsFollow() {
		List<String> ids = ingest(start(), user("I have a dog."), assistant("What is it called?"));
		assertThat(ids).hasSize(2).isEqualTo(this.store.stored().stream().map(Memory::id).toList());
		awaitVectors(2);
		assertThat(this.embedder.batches.stream().flatMap(List::stream))
			.containsExactlyInAnyOrder("user: I have a dog.", "assistant: What is it called?");
		assertThat(count(MemoryMetrics.INGEST, "stored")).isEqualTo(1);
		assertThat(this.meters.get(MemoryMetrics.INGEST_MEMORIES).counter().count()).isEqualTo(2);
		assertThat(count(MemoryMetrics.EMBEDDING, "embedded")).isEqualTo(2);
	}

	@Test
	void ingestWhenEmbedderHangsThenCompletesAllTheSame() {
		this.embedder.gate = Sinks.<Void>empty().asMono();
		assertThat(ingest(start(Duration.ofMillis(1)), user("I have a dog."))).hasSize(1);
	}

	@Test
	void ingestWhenRepeatedThenStoredOnceAndSameIds() {
		DurableMemoryIngestor ingestor = start();
		List<String> first = ingest(ingestor, user("I have a dog."), assistant("Nice."));
		assertThat(ingest(ingestor, user("I have a dog."), assistant("Nice."))).isEqualTo(first);
		assertThat(this.store.stored()).hasSize(2);
		assertThat(count(MemoryMetrics.INGEST, "duplicate")).isEqualTo(1);
	}

	@Test
	void ingestAllWhenExchangesDifferThenEachHasItsIdsAndOutcome() {
		DurableMemoryIngestor ingestor = start();
		ingest(ingestor, user("Known"));
		List<Ingested> ingested = ingestor.ingestAll(List.of(exchange(user("One"), assistant("Two")),
				exchange(user(" ")), exchange(user("Known")), exchange(user("Three")), exchange(user("Three"))))
			.block(TIMEOUT);
		assertThat(ingested).extracting((each) -> each.ids().size()).containsExactly(2, 0, 1, 1, 1);
		assertThat(ingested).extracting(Ingested::added).containsExactly(2, 0, 0, 1, 0);
		assertThat(this.store.stored()).extracting(Memory::text).containsExactly("Known", "One", "Two", "Three");
		assertThat(count(MemoryMetrics.INGEST, "stored")).isEqualTo(3);
		assertThat(count(MemoryMetrics.INGEST, "empty")).isEqualTo(1);
		assertThat(count(MemoryMetrics.INGEST, "duplicate")).isEqualTo(2);
		assertThat(ingestor.ingestAll(List.of()).block(TIMEOUT)).isEmpty();
	}

	@Test
	void ingestWhenTurnsAreBlankThenTheyAreLeftOut() {
		assertThat(ingest(start(), user(" \n\t"), assistant("Nice."))).hasSize(1);
		assertThat(this.store.stored()).extracting(Memory::text).containsExactly("Nice.");
	}

	@Test
	void ingestWhenNothingIsSaidThenStoresNothing() {
		DurableMemoryIngestor ingestor = start();
		assertThat(ingest(ingestor)).isEmpty();
		assertThat(ingest(ingestor, user("  "))).isEmpty();
		assertThat(this.store.stored()).isEmpty();
		assertThat(count(MemoryMetrics.INGEST, "empty")).isEqualTo(2);
	}

	@Test
	void ingestWhenTextHoldsSecretThenItIsRedacted() {
		ingest(start(), user("My key is mk_0123456789abcdefABCDEF0123456789, ok?"));
		assertThat(this.store.stored()).extracting(Memory::text).containsExactly("My key is [redacted], ok?");
		assertThat(this.meters.get(MemoryMetrics.INGEST_REDACTED).counter().count()).isEqualTo(1);
	}

	@Test
	void ingestWhenSpeakerIsSecretThenItIsRedacted() {
		ingest(start(), new Exchange.Turn(Role.USER, "mk_0123456789abcdefABCDEF0123456789", "Hello", false));
		assertThat(this.store.stored()).extracting(Memory::speaker).containsExactly("[redacted]");
		assertThat(this.meters.get(MemoryMetrics.INGEST_REDACTED).counter().count()).isEqualTo(1);
	}

	@Test
	void ingestWhenTextIsTooLongThenItIsCutAndPartial() {
		ingest(start(), user("a".repeat(999) + "😀 and more"), assistant("b".repeat(1000)));
		assertThat(this.store.stored().get(0).text()).isEqualTo("a".repeat(999));
		assertThat(this.store.stored()).extracting(Memory::partial).containsExactly(true, false);
	}

	@Test
	void ingestWhenCutWouldHalveSecretThenItIsRedactedFirst() {
		ingest(start(), user("x ".repeat(490) + "mk_0123456789abcdefABCDEF0123456789" + " y".repeat(500_000)));
		assertThat(this.store.stored().get(0).text()).hasSize(1000).contains("[redacted]").doesNotContain("mk_");
	}

	@Test
	void ingestWhenTextIsNotStorableThenItIsMadeSo() {
		ingest(start(), user("a\u0000b\ud800c\udc00 😀"));
		assertThat(this.store.stored()).extracting(Memory::text).containsExactly("a\ufffdb\ufffdc\ufffd 😀");
	}

	@Test
	void ingestWhenSubscriberGoesAwayThenAppendGoesOn() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.store.appendGate = gate.asMono();
		start().ingest(exchange(user("I have a dog."))).subscribe().dispose();
		gate.tryEmitEmpty();
		awaitVectors(1);
	}

	@Test
	void ingestWhenStoreIsOverloadedThenErrorIsPassedOnAndCounted() {
		this.store.appendFault = new MemoryStoreException.Overloaded("too much");
		StepVerifier.create(start().ingest(exchange(user("I have a dog."))))
			.expectError(MemoryStoreException.Overloaded.class)
			.verify(TIMEOUT);
		assertThat(count(MemoryMetrics.INGEST, "overloaded")).isEqualTo(1);
	}

	@Test
	void ingestWhenRedactorFailsThenNothingIsStored() {
		DurableMemoryIngestor ingestor = start((text) -> {
			throw new IllegalStateException("broken");
		}, IngestSettings.defaults().closeTimeout());
		StepVerifier.create(ingestor.ingest(exchange(user("I have a dog."))))
			.expectError(IllegalStateException.class)
			.verify(TIMEOUT);
		assertThat(this.store.stored()).isEmpty();
		assertThat(count(MemoryMetrics.INGEST, "failed")).isEqualTo(1);
	}

	@Test
	void startWhenMemoriesWereLeftOverThenTheyGetVectors() {
		exchange(user("one"), assistant("two")).toMemories()
			.forEach((memory) -> this.store.memories.put(memory.id(), memory));
		start();
		awaitVectors(2);
	}

	@Test
	void sweepWhenMemoryComesFromElsewhereThenItGetsVector() {
		start();
		Awaitility.await().atMost(TIMEOUT).until(() -> this.store.pendingCalls.get() > 1);
		this.store.append(VAULT, exchange(user("from another process")).toMemories()).block(TIMEOUT);
		awaitVectors(1);
	}

	@Test
	void roundWhenOneMemoryCannotBeEmbeddedThenOthersCan() {
		this.embedder.refused = (text) -> text.contains("poison");
		DurableMemoryIngestor ingestor = start();
		ingest(ingestor, user("a"), assistant("poison"), user("b"));
		awaitVectors(2);
		ingest(ingestor, user("c"));
		awaitVectors(3);
		assertThat(this.embedder.batches).filteredOn((batch) -> batch.contains("assistant: poison")).hasSizeLessThan(4);
		assertThat(count(MemoryMetrics.EMBEDDING, "failed")).isEqualTo(1);
		assertThat(this.meters.get(MemoryMetrics.EMBEDDING_SET_ASIDE).gauge().value()).isEqualTo(1);
	}

	@Test
	void roundWhenEmbedderFailsAltogetherThenNothingIsSetAsideAndItGoesOnAfterwards() {
		this.embedder.refused = (text) -> true;
		ingest(start(), user("a"), assistant("b"));
		Awaitility.await().atMost(TIMEOUT).until(() -> faults() >= 3);
		assertThat(this.meters.get(MemoryMetrics.EMBEDDING_SET_ASIDE).gauge().value()).isZero();
		assertThat(this.meters.get(MemoryMetrics.EMBEDDING_LAG).gauge().value()).isPositive();
		this.embedder.refused = (text) -> false;
		awaitVectors(2);
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.meters.get(MemoryMetrics.EMBEDDING_LAG).gauge().value() == 0);
	}

	@Test
	void roundWhenStoreFailsThenItGoesOnAfterwards() {
		this.store.embedFault = new MemoryStoreException("disk full");
		ingest(start(), user("a"));
		Awaitility.await().atMost(TIMEOUT).until(() -> faults() >= 3);
		this.store.embedFault = null;
		awaitVectors(1);
	}

	@Test
	void closeWhenBatchIsInHandThenItIsFinished() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.embedder.gate = gate.asMono().doOnSubscribe((subscription) -> {
			// The embedder answers only after closing has begun.
			new Thread(() -> {
				Awaitility.await().until(() -> closing());
				gate.tryEmitEmpty();
			}).start();
		});
		DurableMemoryIngestor ingestor = start();
		ingest(ingestor, user("a"));
		Awaitility.await().atMost(TIMEOUT).until(() -> gate.currentSubscriberCount() == 1);
		ingestor.close();
		assertThat(this.store.vectors).hasSize(1);
	}

	private static boolean closing() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Arrays::stream)
			.anyMatch((frame) -> frame.getClassName().equals(EmbeddingWorker.class.getName())
					&& frame.getMethodName().equals("close"));
	}

	@Test
	void closeWhenEmbedderHangsThenItEndsAndMemoryStaysPending() {
		this.embedder.gate = Sinks.<Void>empty().asMono();
		DurableMemoryIngestor ingestor = start(Duration.ofMillis(50));
		ingest(ingestor, user("a"));
		ingestor.close();
		assertThat(this.store.pending("recording", 10).collectList().block(TIMEOUT)).hasSize(1);
	}

	private DurableMemoryIngestor start() {
		return start(IngestSettings.defaults().closeTimeout());
	}

	private DurableMemoryIngestor start(Duration closeTimeout) {
		return start(new SecretRedactor(), closeTimeout);
	}

	private DurableMemoryIngestor start(Redactor redactor, Duration closeTimeout) {
		IngestSettings settings = new IngestSettings(1_000, 4, Duration.ofMillis(20), Duration.ofMillis(1),
				Duration.ofMillis(10), closeTimeout);
		DurableMemoryIngestor ingestor = new DurableMemoryIngestor(this.store, this.embedder, redactor, this.meters,
				settings);
		this.opened.add(ingestor);
		return ingestor;
	}

	private static List<String> ingest(DurableMemoryIngestor ingestor, Exchange.Turn... turns) {
		Ingested ingested = ingestor.ingest(exchange(turns)).block(TIMEOUT);
		assertThat(ingested).isNotNull();
		return ingested.ids();
	}

	private static Exchange exchange(Exchange.Turn... turns) {
		return new Exchange(VAULT, new SessionId("s"), TIME, "", List.of(turns));
	}

	private static Exchange.Turn user(String text) {
		return new Exchange.Turn(Role.USER, null, text, false);
	}

	private static Exchange.Turn assistant(String text) {
		return new Exchange.Turn(Role.ASSISTANT, null, text, false);
	}

	private void awaitVectors(int count) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.store.vectors.size() == count);
	}

	private double count(String name, String outcome) {
		return this.meters.get(name).tag(MemoryMetrics.OUTCOME, outcome).counter().count();
	}

	private double faults() {
		return this.meters.get(MemoryMetrics.EMBEDDING_FAULTS).counter().count();
	}

}
