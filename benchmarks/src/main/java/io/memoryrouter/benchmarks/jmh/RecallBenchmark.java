package io.memoryrouter.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.retrieval.IndexedMemoryRetriever;
import io.memoryrouter.memory.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * A recall without the embedding of its question: the store's log is read, the whole
 * vault is ranked, the best ten are chosen.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class RecallBenchmark {

	private static final VaultId VAULT = new VaultId("benchmark");

	private static final int VOCABULARY = 8_000;

	private static final int TURNS_A_SESSION = 24;

	private static final int BATCH = 1_000;

	/** How many memories the vault has. */
	@Param({ "1000", "20000" })
	private int memories;

	/** Whether the vault is of people among themselves or of one with an assistant. */
	@Param({ "true", "false" })
	private boolean people;

	private final Random random = new Random(42);

	private @Nullable Vault vault;

	/**
	 * Fills a vault.
	 * @throws IOException if there is no room for it
	 */
	@Setup(Level.Trial)
	public void fill() throws IOException {
		Vault filled = Vault.open();
		this.vault = filled;
		for (int first = 0; first < this.memories; first += BATCH) {
			List<Memory> batch = new ArrayList<>();
			for (int i = first; i < Math.min(first + BATCH, this.memories); i++) {
				batch.add(memory(i));
			}
			filled.add(batch);
		}
		recall();
	}

	/**
	 * Recalls.
	 * @return what was found
	 */
	@Benchmark
	public Recall recall() {
		RecallQuery query = new RecallQuery(VAULT, List.of(), "When did Anna " + text(6) + "?", List.of(), null,
				RecallQuery.Scope.VAULT, 10, 1_000, (memory) -> false, Instant.now());
		return Objects.requireNonNull(Objects.requireNonNull(this.vault).retriever.recall(query).block());
	}

	/**
	 * Removes the vault.
	 * @throws IOException if a file cannot be removed
	 */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		Objects.requireNonNull(this.vault).close();
	}

	private Memory memory(int number) {
		boolean second = number % 2 == 1;
		Role role = (second && !this.people) ? Role.ASSISTANT : Role.USER;
		String speaker = this.people ? (second ? "Ben" : "Anna") : null;
		String text = text((role == Role.ASSISTANT) ? 120 : 22);
		return new Memory("m" + number, VAULT, new SessionId("s" + number / TURNS_A_SESSION), role, speaker, text,
				Instant.parse("2024-01-01T10:00:00Z").plusSeconds(60L * number), false);
	}

	/** Words as often as in a language: a word of rank n as often as 1/n. */
	private String text(int words) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < words; i++) {
			int rank = (int) Math.exp(this.random.nextDouble() * Math.log(VOCABULARY));
			text.append("word").append(Integer.toString(rank, 26)).append(' ');
		}
		return text.toString().strip();
	}

	private record Vault(Path folder, EmbeddedDatabase database, EmbeddedMemoryStore store, RandomEmbedder embedder,
			IndexedMemoryRetriever retriever) {

		static Vault open() throws IOException {
			Path folder = Files.createTempDirectory("memoryrouter-benchmark");
			EmbeddedDatabase database = EmbeddedDatabase.open(folder);
			EmbeddedMemoryStore store = new EmbeddedMemoryStore(database);
			RandomEmbedder embedder = new RandomEmbedder();
			return new Vault(folder, database, store, embedder,
					new IndexedMemoryRetriever(store, embedder, RetrievalSettings.DEFAULT));
		}

		void add(List<Memory> batch) {
			this.store.append(VAULT, batch).block();
			List<String> texts = batch.stream().map(Memory::text).toList();
			List<Embedding> embeddings = Objects.requireNonNull(this.embedder.embedPassages(texts).block());
			Map<Memory, Embedding> byMemory = new LinkedHashMap<>();
			for (int i = 0; i < batch.size(); i++) {
				byMemory.put(batch.get(i), embeddings.get(i));
			}
			this.store.embed(VAULT, byMemory).block();
		}

		void close() throws IOException {
			this.retriever.close();
			this.database.close();
			FileSystemUtils.deleteRecursively(this.folder);
		}

	}

}
