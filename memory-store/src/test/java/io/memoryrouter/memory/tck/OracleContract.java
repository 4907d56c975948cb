package io.memoryrouter.memory.tck;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random calls, beside a store of a few lines. A failure names its seed.
 */
abstract class OracleContract extends Contract {

	private static final int STEPS = 300;

	private static final List<String> WORDS = List.of("red", "green", "blue", "cat", "dog", "sat", "ran");

	private final OracleStore oracle = new OracleStore();

	/** What somebody knows who has followed each log from its beginning. */
	private final Map<VaultId, Map<String, Change.Put>> followed = new HashMap<>();

	private String lastId = "";

	private final Map<VaultId, Long> ends = new HashMap<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anySequenceOfCallsWhenCheckedAgainstTheOracleThenIsTheSame(long seed) {
		Random random = new Random(seed);
		for (int step = 0; step < STEPS; step++) {
			VaultId vault = random.nextBoolean() ? VAULT : OTHER_VAULT;
			change(random, vault);
			if (step % 100 == 50) {
				fixture().reopen();
			}
			if (step % 10 == 0) {
				check(random, vault);
			}
		}
		check(random, VAULT);
		check(random, OTHER_VAULT);
	}

	private void change(Random random, VaultId vault) {
		switch (random.nextInt(12)) {
			case 0 ->
				assertThat(await(store().delete(vault, id(random)))).isEqualTo(this.oracle.delete(vault, this.lastId));
			case 1, 2 -> {
				String text = text(random);
				assertThat(store().replaceText(vault, id(random), text).blockOptional(TIMEOUT).isPresent())
					.isEqualTo(this.oracle.replaceText(vault, this.lastId, text));
			}
			case 3 -> {
				SessionId session = (random.nextInt(4) > 0) ? session(random) : null;
				assertThat(erase(vault, session).deleted()).isEqualTo(this.oracle.erase(vault, session));
			}
			case 4, 5, 6 -> embedSome(random, vault);
			default -> {
				List<Memory> memories = IntStream.range(0, random.nextInt(6))
					.mapToObj((i) -> any(random, vault))
					.toList();
				assertThat(await(store().append(vault, memories))).isEqualTo(this.oracle.append(vault, memories));
			}
		}
	}

	private void embedSome(Random random, VaultId vault) {
		List<Memory> waiting = pending("m", 1 + random.nextInt(5)).stream()
			.map((pending) -> pending.memory())
			.filter((memory) -> memory.vault().equals(vault))
			.toList();
		for (Memory memory : waiting) {
			float[] vector = { random.nextFloat(), random.nextFloat() };
			embed(memory, embedding("m", vector));
			this.oracle.embed(memory, vector);
		}
	}

	private void check(Random random, VaultId vault) {
		MemoryFilter filter = new MemoryFilter(random.nextBoolean() ? session(random) : null,
				random.nextBoolean() ? Role.USER : null, random.nextBoolean() ? text(random) : null,
				random.nextBoolean() ? NOON.minusMillis(random.nextInt(5)) : null,
				random.nextBoolean() ? NOON.plusMillis(random.nextInt(5)) : null);
		assertThat(listAll(vault, filter, 3)).isEqualTo(this.oracle.list(vault, filter));
		assertThat(listAll(vault, MemoryFilter.ALL, 7)).isEqualTo(this.oracle.list(vault, MemoryFilter.ALL));
		assertThat(await(store().stats(vault)).memories()).isEqualTo(this.oracle.vault(vault).size());
		isLikeTheOracle(replay(Map.of(), changes(vault, 0)), vault);
		isLikeTheOracle(follow(vault), vault);
	}

	private Map<String, Change.Put> follow(VaultId vault) {
		List<Change> news = changes(vault, this.ends.getOrDefault(vault, 0L));
		Map<String, Change.Put> known = replay(this.followed.getOrDefault(vault, Map.of()), news);
		this.followed.put(vault, known);
		news.forEach((change) -> this.ends.put(vault, change.position()));
		return known;
	}

	private void isLikeTheOracle(Map<String, Change.Put> known, VaultId vault) {
		Map<String, OracleStore.Entry> expected = this.oracle.vault(vault);
		assertThat(known).containsOnlyKeys(expected.keySet());
		known.forEach((id, put) -> {
			assertThat(put.memory()).isEqualTo(expected.get(id).memory());
			float @Nullable [] vector = (put.embedding() != null) ? put.embedding().vector() : null;
			assertThat(Arrays.equals(vector, expected.get(id).vector())).isTrue();
		});
	}

	private String id(Random random) {
		this.lastId = "id" + random.nextInt(40);
		return this.lastId;
	}

	private Memory any(Random random, VaultId vault) {
		return new Memory(id(random), vault, random.nextInt(4) > 0 ? session(random) : null,
				random.nextBoolean() ? Role.USER : Role.ASSISTANT, random.nextBoolean() ? "Ann" : null, text(random),
				NOON.plusMillis(random.nextInt(10) - 5), random.nextBoolean());
	}

	private static SessionId session(Random random) {
		return new SessionId("s" + random.nextInt(3));
	}

	private static String text(Random random) {
		return String.join(" ",
				IntStream.range(0, 1 + random.nextInt(4))
					.mapToObj((i) -> WORDS.get(random.nextInt(WORDS.size())))
					.toList());
	}

}
