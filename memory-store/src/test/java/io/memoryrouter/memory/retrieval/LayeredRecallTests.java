package io.memoryrouter.memory.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.RecallQuery.Scope;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedding.OnnxEmbedderSettings;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for recall from several vaults, with real vectors.
 */
class LayeredRecallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final VaultId OWN = new VaultId("own");

	private static final VaultId TEAM = new VaultId("team");

	private static final VaultId STRANGERS = new VaultId("strangers");

	private static OnnxTextEmbedder embedder;

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedMemoryStore store;

	private IndexedMemoryRetriever retriever;

	@BeforeAll
	static void load() {
		embedder = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
	}

	@AfterAll
	static void unload() {
		embedder.close();
	}

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.store = new EmbeddedMemoryStore(this.database);
		this.retriever = new IndexedMemoryRetriever(this.store, embedder, RetrievalSettings.DEFAULT);
		remember(OWN, null, "My dog Rex is a beagle.", "I like my coffee black.", "My sister lives in Lisbon.");
		remember(TEAM, null, "We deploy the billing service every Tuesday at ten.",
				"The team's retrospective is on the first Friday of the month.");
		remember(STRANGERS, null, "We deploy the billing service on Sundays only.");
	}

	@AfterEach
	void close() {
		this.retriever.close();
		this.database.close();
	}

	@Test
	void recallWhenAnswerIsInTheTeamsVaultThenItIsFoundAndSaysWhereItIsFrom() {
		Recall recall = recall("When do we deploy the billing service?", List.of(TEAM));
		assertThat(recall.outcome()).isEqualTo(Outcome.HIT);
		assertThat(recall.memories().get(0).memory().text()).contains("every Tuesday");
		assertThat(recall.memories().get(0).memory().vault()).isEqualTo(TEAM);
		assertThat(recall.memories()).noneMatch((found) -> found.memory().vault().equals(STRANGERS));
	}

	@Test
	void recallWhenAnswerIsInTheOwnVaultThenTheTeamsDoesNotTakeItsPlace() {
		Recall recall = recall("What breed is my dog?", List.of(TEAM));
		assertThat(recall.memories().get(0).memory().text()).contains("beagle");
		assertThat(recall.memories().get(0).memory().vault()).isEqualTo(OWN);
	}

	@Test
	void recallWhenVaultIsNotNamedThenItIsNotRead() {
		assertThat(recall("When do we deploy the billing service?", List.of()).memories())
			.noneMatch((found) -> found.memory().text().contains("billing"));
	}

	@Test
	void recallWhenBothSayTheSameThenOnce() {
		remember(TEAM, null, "My sister lives in Lisbon!");
		List<String> texts = recall("Where does my sister live?", List.of(TEAM)).memories()
			.stream()
			.map((found) -> found.memory().text())
			.filter((text) -> text.contains("Lisbon"))
			.toList();
		assertThat(texts).hasSize(1);
	}

	@Test
	void recallThenLimitsHoldForAllTogetherAndScoresFall() {
		remember(TEAM, null, "My dog is in the office on Mondays.", "The office dog is a poodle called Bob.");
		RecallQuery query = query("Which dog is in the office?", List.of(TEAM), null, Scope.VAULT, 2, 1000);
		Recall recall = this.retriever.recall(query).block(PATIENCE);
		assertThat(recall.memories()).hasSize(2);
		assertThat(recall.memories()).extracting(Recall.Recalled::score)
			.isSortedAccordingTo((one, other) -> Double.compare(other, one));
		int first = recall.memories().get(0).tokens();
		Recall tight = this.retriever
			.recall(query("Which dog is in the office?", List.of(TEAM), null, Scope.VAULT, 10, first))
			.block(PATIENCE);
		assertThat(tight.tokens()).isLessThanOrEqualTo(first).isPositive();
	}

	@Test
	void recallWhenScopeIsSessionThenOtherVaultsAreNotSearched() {
		SessionId session = new SessionId("s");
		remember(TEAM, session, "The team's password hint is the dog's name.");
		remember(OWN, session, "Rex needs a new leash.");
		Recall recall = this.retriever
			.recall(query("What does Rex need?", List.of(TEAM), session, Scope.SESSION, 10, 1000))
			.block(PATIENCE);
		assertThat(recall.memories()).extracting((found) -> found.memory().vault()).containsOnly(OWN);
	}

	@Test
	void recallWhenOnlyAnEmptyVaultIsReadBesideThenAsWithoutIt() {
		Recall alone = recall("What breed is my dog?", List.of());
		Recall beside = recall("What breed is my dog?", List.of(new VaultId("empty")));
		assertThat(beside.memories()).extracting(Recall.Recalled::memory)
			.isEqualTo(alone.memories().stream().map(Recall.Recalled::memory).toList());
		assertThat(recall("Quantum chromodynamics?", List.of(new VaultId("empty"))).outcome())
			.isEqualTo(recall("Quantum chromodynamics?", List.of()).outcome());
	}

	private Recall recall(String question, List<VaultId> readVaults) {
		Recall recall = this.retriever.recall(query(question, readVaults, null, Scope.VAULT, 10, 1000)).block(PATIENCE);
		assertThat(recall).isNotNull();
		return recall;
	}

	private static RecallQuery query(String question, List<VaultId> readVaults, @Nullable SessionId session,
			Scope scope, int limit, int maxTokens) {
		return new RecallQuery(OWN, readVaults, question, List.of(), session, scope, limit, maxTokens,
				(memory) -> false, Instant.EPOCH);
	}

	private void remember(VaultId vault, @Nullable SessionId session, String... texts) {
		for (String text : texts) {
			Memory memory = new Memory("mem_" + Integer.toHexString(text.hashCode()), vault, session, Role.USER, null,
					text, Instant.parse("2026-02-03T10:00:00Z"), false);
			this.store.append(vault, List.of(memory)).block(PATIENCE);
			this.store.embed(vault, Map.of(memory, embedder.embedPassages(List.of(text)).block(PATIENCE).get(0)))
				.block(PATIENCE);
		}
	}

}
