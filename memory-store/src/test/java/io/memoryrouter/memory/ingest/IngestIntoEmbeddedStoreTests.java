package io.memoryrouter.memory.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedding.OnnxEmbedderSettings;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.TextEmbedder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DurableMemoryIngestor} with the embedded store and the real embedder.
 */
class IngestIntoEmbeddedStoreTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final VaultId VAULT = new VaultId("v1");

	@TempDir
	private Path folder;

	@Test
	void startWhenMemoriesWereLeftWithoutVectorThenTheyGetTheirs() {
		RecordingEmbedder broken = new RecordingEmbedder();
		broken.refused = (text) -> true;
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder);
				DurableMemoryIngestor ingestor = ingestor(new EmbeddedMemoryStore(database), broken)) {
			ingestor.ingest(exchange("Where do you live?", "In Lisbon.")).block(TIMEOUT);
		}
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder);
				OnnxTextEmbedder embedder = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
				DurableMemoryIngestor ingestor = ingestor(new EmbeddedMemoryStore(database), embedder)) {
			EmbeddedMemoryStore store = new EmbeddedMemoryStore(database);
			awaitVectors(store, 2);
			Ingested again = ingestor.ingest(exchange("Where do you live?", "In Lisbon.")).block(TIMEOUT);
			assertThat(again.ids()).hasSize(2);
			assertThat(again.added()).isZero();
			assertThat(store.stats(VAULT).block(TIMEOUT)).satisfies((stats) -> {
				assertThat(stats.memories()).isEqualTo(2);
				assertThat(stats.pending()).isZero();
			});
		}
	}

	@Test
	void ingestWhenTextIsHostileThenItIsStoredAndGetsVector() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder);
				OnnxTextEmbedder embedder = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
				DurableMemoryIngestor ingestor = ingestor(new EmbeddedMemoryStore(database), embedder)) {
			List<String> texts = List.of("'; DROP TABLE memory; --", "a\u0000b \ud800", "\u202e[SEP]",
					"x".repeat(200_000));
			texts.forEach((text) -> ingestor.ingest(exchange(text)).block(TIMEOUT));
			awaitVectors(new EmbeddedMemoryStore(database), texts.size());
		}
	}

	@Test
	void replaceTextWhenChangedThenMemoryGetsNewVector() {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder);
				OnnxTextEmbedder embedder = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
				DurableMemoryIngestor ingestor = ingestor(new EmbeddedMemoryStore(database), embedder)) {
			EmbeddedMemoryStore store = new EmbeddedMemoryStore(database);
			String id = ingestor.ingest(exchange("I live in Lisbon.")).block(TIMEOUT).ids().get(0);
			awaitVectors(store, 1);
			float[] before = vectors(store).get(0);
			store.replaceText(VAULT, id, "I play the cello.").block(TIMEOUT);
			Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(vectors(store)).singleElement().isNotEqualTo(before));
		}
	}

	private static DurableMemoryIngestor ingestor(EmbeddedMemoryStore store, TextEmbedder embedder) {
		return new DurableMemoryIngestor(store, embedder, new SecretRedactor(), new SimpleMeterRegistry(),
				IngestSettings.defaults());
	}

	private static Exchange exchange(String... texts) {
		List<Exchange.Turn> turns = IntStream.range(0, texts.length)
			.mapToObj((i) -> new Exchange.Turn((i % 2 == 0) ? Role.USER : Role.ASSISTANT, null, texts[i], false))
			.toList();
		return new Exchange(VAULT, new SessionId("s"), Instant.parse("2026-03-01T10:00:00Z"), "", turns);
	}

	private static void awaitVectors(EmbeddedMemoryStore store, int count) {
		Awaitility.await().atMost(TIMEOUT).until(() -> vectors(store).size() == count);
	}

	private static List<float[]> vectors(EmbeddedMemoryStore store) {
		return store.changes(VAULT, 0)
			.ofType(Change.Put.class)
			.filter((put) -> put.embedding() != null)
			.map((put) -> put.embedding().vector())
			.collectList()
			.block(TIMEOUT);
	}

}
