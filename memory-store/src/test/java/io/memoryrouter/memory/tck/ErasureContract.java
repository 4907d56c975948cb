package io.memoryrouter.memory.tck;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Erasure;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Changing, deleting and erasing.
 */
abstract class ErasureContract extends Contract {

	@Test
	void replaceTextWhenMemoryIsThereThenOnlyItsTextChanges() {
		Memory before = new Memory("a", VAULT, SESSION, Role.ASSISTANT, "Bob", "old", NOON, true);
		append(VAULT, before);
		Memory after = await(store().replaceText(VAULT, "a", "new"));
		assertThat(after).usingRecursiveComparison().ignoringFields("text").isEqualTo(before);
		assertThat(after.text()).isEqualTo("new");
		fixture().reopen();
		assertThat(find(VAULT, "a")).containsExactly(after);
	}

	@Test
	void replaceTextWhenThereIsNoneThenIsEmpty() {
		assertThat(store().replaceText(VAULT, "a", "new").blockOptional(TIMEOUT)).isEmpty();
		append(VAULT, memory("a", "old"));
		assertThat(store().replaceText(OTHER_VAULT, "a", "new").blockOptional(TIMEOUT)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> await(store().replaceText(VAULT, "a", " ")));
		assertThat(find(VAULT, "a")).containsExactly(memory("a", "old"));
	}

	@Test
	void deleteWhenTwiceThenTheSecondFindsNothing() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		assertThat(await(store().delete(VAULT, "a"))).isTrue();
		assertThat(await(store().delete(VAULT, "a"))).isFalse();
		assertThat(await(store().delete(VAULT, "none"))).isFalse();
		fixture().reopen();
		assertThat(idsOf(MemoryFilter.ALL)).containsExactly("b");
	}

	@Test
	void eraseWhenVaultThenNothingIsLeftInIt() {
		List<Memory> many = IntStream.range(0, 1_500).mapToObj((i) -> memory("id" + i, "number " + i)).toList();
		await(store().append(VAULT, many));
		embed(many.get(0), embedding("m", 1));
		append(OTHER_VAULT, memory(OTHER_VAULT, "a", "stays"));
		Map<String, Change.Put> known = replay(Map.of(), changes(VAULT, 0));
		long end = end(VAULT);
		assertThat(erase(VAULT, null)).isEqualTo(new Erasure(1_500, 0));
		assertThat(replay(known, changes(VAULT, end))).isEmpty();
		assertThat(replay(Map.of(), changes(VAULT, 0))).isEmpty();
		assertThat(idsOf(MemoryFilter.ALL)).isEmpty();
		assertThat(await(store().stats(VAULT)).memories()).isZero();
		assertThat(pending("m", 10)).extracting((pending) -> pending.memory().text()).containsExactly("stays");
		assertThat(find(OTHER_VAULT, "a")).hasSize(1);
		assertThat(erase(VAULT, null)).isEqualTo(new Erasure(0, 0));
	}

	@Test
	void eraseWhenSessionThenOthersStay() {
		append(VAULT, in(SESSION, "a", NOON), in(new SessionId("other"), "b", NOON), in(null, "c", NOON),
				in(SESSION, "d", NOON));
		assertThat(erase(VAULT, SESSION)).isEqualTo(new Erasure(2, 0));
		assertThat(idsOf(MemoryFilter.ALL)).containsExactly("c", "b");
		assertThat(erase(VAULT, new SessionId("none"))).isEqualTo(new Erasure(0, 0));
	}

	@Test
	void appendWhenErasedBeforeThenIsStoredAnew() {
		append(VAULT, memory("a", "one"));
		erase(VAULT, null);
		assertThat(append(VAULT, memory("a", "one"))).containsExactly("a");
		assertThat(onlyPut(VAULT).memory()).isEqualTo(memory("a", "one"));
	}

	@Test
	void eraseWhenNobodyWaitsForItAnyMoreThenIsFinished() {
		List<Memory> many = IntStream.range(0, 5_000).mapToObj((i) -> memory("id" + i, "number " + i)).toList();
		await(store().append(VAULT, many));
		store().erase(VAULT, null).subscribe().dispose();
		assertTimeoutPreemptively(TIMEOUT, () -> {
			while (await(store().stats(VAULT)).memories() > 0) {
				Thread.onSpinWait();
			}
		});
	}

}
