package io.memoryrouter.memory.tck;

import java.util.Map;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryStore.PendingEmbedding;
import io.memoryrouter.memory.SessionId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Vectors: what waits for one, and what gets one.
 */
abstract class EmbeddingContract extends Contract {

	private static final String MODEL = "model-1";

	@Test
	void embedWhenMemoryIsThereThenVectorIsInTheLogToTheBit() {
		append(VAULT, memory("a", "one"));
		float[] vector = { 0, -0f, 1, Float.MIN_VALUE, -Float.MAX_VALUE, 0.1f };
		embed(memory("a", "one"), embedding(MODEL, vector));
		fixture().reopen();
		Change.Put put = onlyPut(VAULT);
		assertThat(put.embedding()).isNotNull();
		assertThat(put.embedding().model()).isEqualTo(MODEL);
		assertThat(put.embedding().vector()).containsExactly(vector);
	}

	@Test
	void embedWhenTextHasChangedOrMemoryIsGoneThenIsPassedOver() {
		append(VAULT, memory("a", "one"), memory("b", "two"), memory("c", "three"));
		await(store().replaceText(VAULT, "a", "changed"));
		await(store().delete(VAULT, "b"));
		Embedding vector = embedding(MODEL, 1);
		store()
			.embed(VAULT, Map.of(memory("a", "one"), vector, memory("b", "two"), vector, memory("c", "three"), vector))
			.block(TIMEOUT);
		assertThat(pending(MODEL, 10)).extracting((pending) -> pending.memory().text()).containsExactly("changed");
		assertThat(replay(Map.of(), changes(VAULT, 0)).get("c").embedding()).isNotNull();
		assertThat(find(VAULT, "b")).isEmpty();
	}

	@Test
	void embedWhenNothingThenCompletes() {
		store().embed(VAULT, Map.of()).block(TIMEOUT);
		assertThat(changes(VAULT, 0)).isEmpty();
	}

	@Test
	void pendingWhenSomeWaitThenOldestFirstUpToTheLimit() {
		assertThat(pending(MODEL, 10)).isEmpty();
		append(VAULT, memory("a", "one"), memory("b", "two"));
		append(OTHER_VAULT, memory(OTHER_VAULT, "a", "three"));
		append(VAULT, memory("c", "four"));
		assertThat(pending(MODEL, 10)).extracting((pending) -> pending.memory().text())
			.containsExactly("one", "two", "three", "four");
		assertThat(pending(MODEL, 2)).hasSize(2);
		embed(memory("a", "one"), embedding(MODEL, 1));
		embed(memory(OTHER_VAULT, "a", "three"), embedding(MODEL, 1));
		fixture().reopen();
		assertThat(pending(MODEL, 10)).extracting((pending) -> pending.memory().text()).containsExactly("two", "four");
	}

	@Test
	void pendingWhenModelIsAnotherThenAllWaitAndThoseWithoutAnyComeFirst() {
		append(VAULT, memory("a", "one"), memory("b", "two"), memory("c", "three"));
		embed(memory("a", "one"), embedding(MODEL, 1));
		embed(memory("b", "two"), embedding("model-2", 1));
		assertThat(pending("model-2", 10)).extracting((pending) -> pending.memory().id()).containsExactly("c", "a");
		assertThat(pending("model-3", 10)).extracting((pending) -> pending.memory().id()).startsWith("c").hasSize(3);
		embed(memory("a", "one"), embedding("model-2", 2));
		assertThat(replay(Map.of(), changes(VAULT, 0)).get("a").embedding().vector()).containsExactly(2);
	}

	@Test
	void pendingWhenInASessionThenComesWithWhatWasSaidBefore() {
		Memory last = in(SESSION, "last", NOON.plusSeconds(2));
		Memory first = in(SESSION, "first", NOON);
		Memory second = in(SESSION, "second", NOON);
		append(VAULT, last, first, second, in(new SessionId("other"), "between", NOON.plusSeconds(1)),
				in(null, "alone", NOON.plusSeconds(3)));
		append(OTHER_VAULT, memory(OTHER_VAULT, "elsewhere", "of another vault"));
		assertThat(pending(MODEL, 10)).containsExactly(new PendingEmbedding(last, second),
				new PendingEmbedding(first, null), new PendingEmbedding(second, first),
				new PendingEmbedding(in(new SessionId("other"), "between", NOON.plusSeconds(1)), null),
				new PendingEmbedding(in(null, "alone", NOON.plusSeconds(3)), null),
				new PendingEmbedding(memory(OTHER_VAULT, "elsewhere", "of another vault"), null));
	}

	@Test
	void pendingWhenLimitIsOutOfRangeThenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> pending(MODEL, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> pending(MODEL, 1_001));
	}

}
