package io.memoryrouter.memory.retrieval;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;

/**
 * A question, and an index that knows its answer. The index belongs to no store: the
 * vault of its name stays empty.
 */
final class WarmUp {

	private static final VaultId VAULT = new VaultId("warm-up");

	private static final String TEXT = "Which question is asked first?";

	private WarmUp() {
	}

	static RecallQuery query() {
		return new RecallQuery(VAULT, List.of(), TEXT, List.of(), null, RecallQuery.Scope.VAULT, 1, 100,
				(memory) -> false, Instant.EPOCH);
	}

	static VaultIndex index(Embedding embedding) {
		Memory memory = new Memory("mem_warm-up", VAULT, null, Role.USER, null, TEXT, Instant.EPOCH, false);
		VaultIndex index = new VaultIndex(VAULT, embedding.model(), embedding.vector().length);
		index.apply(List.of(new Change.Put(1, 1, memory, embedding)));
		return index;
	}

}
