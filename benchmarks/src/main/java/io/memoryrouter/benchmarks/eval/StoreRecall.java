package io.memoryrouter.benchmarks.eval;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.memoryrouter.benchmarks.eval.Conversation.Question;
import io.memoryrouter.benchmarks.eval.Conversation.Turn;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.MemoryStore.PendingEmbedding;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedding.PassageText;
import io.memoryrouter.memory.embedding.TextEmbedder;

/**
 * Stores and recalls in this process, by the public interfaces of the memory store. What
 * is embedded is what the ingest pipeline embeds.
 */
final class StoreRecall implements RecallFunction {

	/** Deep enough to fill 1,000 words with short turns. */
	private static final int LIMIT = 100;

	private static final int PENDING_BATCH = 64;

	private final MemoryStore store;

	private final TextEmbedder embedder;

	private final MemoryRetriever retriever;

	StoreRecall(MemoryStore store, TextEmbedder embedder, MemoryRetriever retriever) {
		this.store = store;
		this.embedder = embedder;
		this.retriever = retriever;
	}

	@Override
	public void remember(Conversation conversation, List<Turn> turns) {
		VaultId vault = vault(conversation);
		this.store.append(vault, turns.stream().map((turn) -> memory(vault, turn)).toList()).block();
		List<PendingEmbedding> pending = pending();
		while (!pending.isEmpty()) {
			embed(vault, pending);
			pending = pending();
		}
	}

	@Override
	public Answer recall(Conversation conversation, Question question) {
		SessionId session = (question.session() != null) ? new SessionId(question.session()) : null;
		RecallQuery query = new RecallQuery(vault(conversation), List.of(), question.text(), question.history(),
				session, RecallQuery.Scope.VAULT, LIMIT, Integer.MAX_VALUE, (memory) -> false, Instant.now());
		Recall recall = Objects.requireNonNull(this.retriever.recall(query).block());
		return new Answer(recall.memories().stream().map((recalled) -> recalled.memory().id()).toList(),
				recall.embedding(), recall.retrieval());
	}

	private List<PendingEmbedding> pending() {
		return Objects.requireNonNull(this.store.pending(this.embedder.model(), PENDING_BATCH).collectList().block());
	}

	private void embed(VaultId vault, List<PendingEmbedding> pending) {
		List<String> passages = pending.stream().map((each) -> PassageText.of(each.memory(), each.previous())).toList();
		List<Embedding> embeddings = Objects.requireNonNull(this.embedder.embedPassages(passages).block());
		Map<Memory, Embedding> byMemory = new LinkedHashMap<>();
		for (int i = 0; i < pending.size(); i++) {
			byMemory.put(pending.get(i).memory(), embeddings.get(i));
		}
		this.store.embed(vault, byMemory).block();
	}

	private static VaultId vault(Conversation conversation) {
		return new VaultId(conversation.id());
	}

	private static Memory memory(VaultId vault, Turn turn) {
		return new Memory(turn.id(), vault, new SessionId(turn.session()), turn.role(), turn.speaker(), turn.text(),
				turn.at(), false);
	}

}
