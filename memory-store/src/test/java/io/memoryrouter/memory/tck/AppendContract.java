package io.memoryrouter.memory.tck;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultStats;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is stored is there, as it was, once, and after a restart.
 */
abstract class AppendContract extends Contract {

	@Test
	void appendWhenCompleteThenMemoryIsAsItWas() {
		Memory full = new Memory("a", VAULT, new SessionId("s !~"), Role.ASSISTANT, "Ann", "What?\n\tThat.",
				Instant.parse("1969-12-31T23:59:59.999Z"), true);
		Memory bare = new Memory("b", VAULT, null, Role.USER, null, "x", Instant.parse("2400-01-01T00:00:00.001Z"),
				false);
		assertThat(append(VAULT, full, bare)).containsExactly("a", "b");
		assertThat(find(VAULT, "a", "b", "c")).containsExactlyInAnyOrder(full, bare);
		fixture().reopen();
		assertThat(find(VAULT, "a", "b")).containsExactlyInAnyOrder(full, bare);
	}

	@Test
	void appendWhenIdExistsThenIsLeftAsItIs() {
		Memory first = memory("a", "first");
		append(VAULT, first);
		long end = end(VAULT);
		assertThat(append(VAULT, memory("a", "second"), memory("b", "new"), memory("b", "again"))).containsExactly("b");
		assertThat(find(VAULT, "a", "b")).containsExactlyInAnyOrder(first, memory("b", "new"));
		assertThat(changes(VAULT, end)).hasSize(1);
		assertThat(append(VAULT, first)).isEmpty();
	}

	@Test
	void appendWhenOneIsInvalidThenNoneIsStored() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> append(VAULT, memory("a", "fine"), memory(OTHER_VAULT, "b", "of another vault")));
		assertThatIllegalArgumentException().isThrownBy(() -> append(VAULT, memory("a", "fine"), memory("b", " \n")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> await(store().append(VAULT, Collections.nCopies(10_001, memory("a", "too many")))));
		assertThat(changes(VAULT, 0)).isEmpty();
	}

	@Test
	void appendWhenNothingThenCompletes() {
		assertThat(append(VAULT)).isEmpty();
		assertThat(changes(VAULT, 0)).isEmpty();
	}

	@Test
	void appendWhenManyThenAllAreStored() {
		List<Memory> many = IntStream.range(0, 10_000).mapToObj((i) -> memory("id" + i, "number " + i)).toList();
		assertThat(await(store().append(VAULT, many))).isEqualTo(ids(many));
		assertThat(changes(VAULT, 0)).hasSize(10_000);
		assertThat(listAll(VAULT, MemoryFilter.ALL, 999)).hasSize(10_000).doesNotHaveDuplicates();
	}

	@Test
	void statsWhenStoredThenCounts() {
		assertThat(await(store().stats(VAULT))).isEqualTo(new VaultStats(0, 0, 0, 0, null, null));
		append(VAULT, in(SESSION, "a", NOON), in(null, "b", NOON.minusMillis(1)),
				in(new SessionId("s"), "c", NOON.plusMillis(1)), memory("d", "\uD83D\uDE00"));
		embed(in(null, "b", NOON), embedding("m", 1));
		append(OTHER_VAULT, memory(OTHER_VAULT, "a", "elsewhere"));
		long characters = 3 * "text of a".length() + 2;
		assertThat(await(store().stats(VAULT)))
			.isEqualTo(new VaultStats(4, 2, characters, 3, NOON.minusMillis(1), NOON.plusMillis(1)));
	}

}
