package io.memoryrouter.memory.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several writers and readers at once.
 */
abstract class ConcurrencyContract extends Contract {

	private static final int WRITES = 400;

	@Test
	void appendWhenManyAtOnceThenEachIsReadByWhoeverWroteIt() {
		Flux.range(0, WRITES).flatMap((i) -> {
			VaultId vault = (i % 3 == 0) ? OTHER_VAULT : VAULT;
			Memory memory = memory(vault, "id" + i, "number " + i);
			return store().append(vault, List.of(memory))
				.thenMany(store().find(vault, List.of("id" + i)))
				.single()
				.doOnNext((found) -> assertThat(found).isEqualTo(memory))
				.thenMany(store().changes(vault, 0))
				.filter((change) -> change instanceof Change.Put put && put.memory().equals(memory))
				.single();
		}, 32).blockLast(TIMEOUT);
		assertThat(changes(VAULT, 0).size() + changes(OTHER_VAULT, 0).size()).isEqualTo(WRITES);
	}

	@Test
	void appendWhenTheSameAtOnceThenOneOfThemStoresIt() {
		Memory memory = memory("a", "one");
		Long added = Flux.range(0, 50)
			.flatMap((i) -> store().append(VAULT, List.of(memory)), 50)
			.map(List::size)
			.reduce(0L, Long::sum)
			.block(TIMEOUT);
		assertThat(added).isEqualTo(1);
		assertThat(changes(VAULT, 0)).hasSize(1);
	}

	@Test
	void appendWhenReadMeanwhileThenExchangesAreWholeAndPositionsGrow() {
		Mono<Void> writing = Flux.range(0, WRITES)
			.flatMap((i) -> store().append(VAULT,
					List.of(memory("q" + i, "question " + i), memory("a" + i, "answer " + i))), 8)
			.then();
		Follower follower = new Follower();
		follower.followUntilDone(writing, () -> IntStream.range(0, WRITES)
			.forEach((i) -> assertThat(follower.knows("q" + i)).isEqualTo(follower.knows("a" + i))));
		assertThat(follower.known).hasSize(2 * WRITES);
		assertThat(follower.positions).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void followingWhenEverythingChangesMeanwhileThenEndsWithWhatIsThere() {
		Mono<Void> writing = Flux.range(0, WRITES)
			.flatMap((i) -> store().append(VAULT, List.of(memory("id" + i, "number " + i)))
				.then(store().embed(VAULT, Map.of(memory("id" + i, "number " + i), embedding("m", i))))
				.then((i % 3 == 0) ? store().delete(VAULT, "id" + i).then() : Mono.empty())
				.then((i % 3 == 1) ? store().replaceText(VAULT, "id" + i, "changed " + i).then() : Mono.empty()), 16)
			.then();
		Follower follower = new Follower();
		follower.followUntilDone(writing, () -> {
		});
		Map<String, Change.Put> fresh = replay(Map.of(), changes(VAULT, 0));
		assertThat(follower.known).usingRecursiveComparison().isEqualTo(fresh);
		assertThat(follower.known).hasSize(WRITES - (WRITES + 2) / 3);
	}

	/** Somebody who reads what is new again and again. */
	private final class Follower {

		private final List<Long> positions = new ArrayList<>(List.of(0L));

		private Map<String, Change.Put> known = Map.of();

		boolean knows(String id) {
			return this.known.containsKey(id);
		}

		void followUntilDone(Mono<Void> writing, Runnable check) {
			CompletableFuture<Void> done = writing.timeout(TIMEOUT).toFuture();
			boolean last;
			do {
				last = done.isDone();
				List<Change> news = changes(VAULT, this.positions.get(this.positions.size() - 1));
				news.forEach((change) -> this.positions.add(change.position()));
				this.known = replay(this.known, news);
				check.run();
			}
			while (!last);
			assertThat(done).isCompleted();
		}

	}

}
