package io.memoryrouter.memory.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Recall.Outcome;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.RecallQuery.Scope;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedding.OnnxEmbedderSettings;
import io.memoryrouter.memory.embedding.OnnxTextEmbedder;
import io.memoryrouter.memory.embedding.PassageText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user tries first, with the real model: a handful of memories, and a question.
 */
class EverydayRecallTests {

	private static final VaultId VAULT = new VaultId("v");

	private static final SessionId MONDAY = new SessionId("monday");

	private static final SessionId TUESDAY = new SessionId("tuesday");

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static OnnxTextEmbedder embedder;

	private final LogStore store = new LogStore();

	private final IndexedMemoryRetriever retriever = new IndexedMemoryRetriever(this.store, embedder,
			RetrievalSettings.DEFAULT);

	private @Nullable Memory previous;

	@BeforeAll
	static void load() {
		embedder = OnnxTextEmbedder.start(OnnxEmbedderSettings.defaults());
	}

	@AfterAll
	static void unload() {
		embedder.close();
	}

	@AfterEach
	void close() {
		this.retriever.close();
	}

	@ParameterizedTest
	@CsvSource({ "My name is Alice., What is my name?", "My name is Alice., Who am I?",
			"My name is Alice., do you remember my name", "I live in Lisbon with my dog Rex., Where do I live?",
			"I live in Lisbon with my dog Rex., What is my dog called?",
			"I'm allergic to peanuts., What should I not eat?", "We deploy on Fridays., When do we deploy?",
			"My favourite colour is teal., Which colour do I like best?",
			"I work as a nurse., What do I do for a living?", "Ich wohne in Hamburg., Wo wohne ich?", "我住在里斯本。, 我住在哪里？",
			"My wife's birthday is on 3 May., When is my wife's birthday?" })
	void recallWhenOnlyMemoryAnswersThenIsHit(String memory, String question) {
		said(MONDAY, Role.USER, memory);
		assertThat(ask(question).outcome()).isEqualTo(Outcome.HIT);
	}

	@ParameterizedTest
	@CsvSource({ "My name is Alice., What is the capital of France?",
			"My name is Alice., Write a haiku about autumn leaves",
			"I live in Lisbon with my dog Rex., Explain quantum entanglement",
			"We deploy on Fridays., Translate 'good morning' into German",
			"My favourite colour is teal., How do I reverse a linked list in Java?" })
	void recallWhenOnlyMemoryIsForeignThenIsBelowThreshold(String memory, String question) {
		said(MONDAY, Role.USER, memory);
		assertThat(ask(question).outcome()).isEqualTo(Outcome.BELOW_THRESHOLD);
	}

	@ParameterizedTest
	@CsvSource({ "What is my name?, My name is Alice.", "Who am I?, My name is Alice.",
			"Where do I live?, I live in Lisbon with my dog Rex.",
			"What's my dog called?, I live in Lisbon with my dog Rex.",
			"What is my job?, I work as a nurse at St. Mary's and my favourite colour is teal.",
			"Which colour do I like best?, I work as a nurse at St. Mary's and my favourite colour is teal.",
			"When do we deploy?, We deploy on Fridays from the release branch." })
	void recallWhenFewWereSaidThenAnswerComesFirst(String question, String answer) {
		said(MONDAY, Role.USER, "My name is Alice.");
		said(MONDAY, Role.ASSISTANT, "Nice to meet you, Alice! How can I help you today?");
		said(MONDAY, Role.USER, "I live in Lisbon with my dog Rex.");
		said(MONDAY, Role.ASSISTANT, "Lisbon is a lovely city. I hope Rex enjoys the parks there!");
		said(TUESDAY, Role.USER, "I work as a nurse at St. Mary's and my favourite colour is teal.");
		said(TUESDAY, Role.ASSISTANT, "Nursing is demanding work. Teal is a calming choice.");
		said(TUESDAY, Role.USER, "We deploy on Fridays from the release branch.");
		said(TUESDAY, Role.USER, "ok thanks");
		assertThat(ask(question).memories()).first()
			.satisfies((recalled) -> assertThat(recalled.memory().text()).isEqualTo(answer));
	}

	@Test
	void recallWhenAssistantSaidItThenItIsFound() {
		said(MONDAY, Role.USER, "Can you suggest a book about the sea?");
		said(MONDAY, Role.ASSISTANT, "You might enjoy The Old Man and the Sea by Ernest Hemingway.");
		said(TUESDAY, Role.USER, "We deploy on Fridays from the release branch.");
		assertThat(ask("Which book did you suggest to me?").memories())
			.anySatisfy((recalled) -> assertThat(recalled.memory().text()).contains("Hemingway"));
	}

	private void said(SessionId session, Role role, String text) {
		Memory memory = new Memory("m" + text.hashCode(), VAULT, session, role, null, text,
				Instant.parse("2024-02-05T10:00:00Z"), false);
		Memory before = (this.previous != null && session.equals(this.previous.session())) ? this.previous : null;
		this.previous = memory;
		this.store.append(VAULT, List.of(memory)).block(PATIENCE);
		List<Embedding> embeddings = embedder.embedPassages(List.of(PassageText.of(memory, before))).block(PATIENCE);
		assertThat(embeddings).hasSize(1);
		this.store.embed(VAULT, Map.of(memory, embeddings.get(0))).block(PATIENCE);
	}

	private Recall ask(String question) {
		RecallQuery query = new RecallQuery(VAULT, List.of(), question, List.of(), null, Scope.VAULT, 10, 1000,
				(memory) -> false, Instant.parse("2024-02-07T10:00:00Z"));
		Recall recall = this.retriever.recall(query).block(PATIENCE);
		assertThat(recall).isNotNull();
		return recall;
	}

}
