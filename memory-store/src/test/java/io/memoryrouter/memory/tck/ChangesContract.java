package io.memoryrouter.memory.tck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Memory;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log: positions grow, each memory has its last change, deletions are told.
 */
abstract class ChangesContract extends Contract {

	@Test
	void changesWhenEmptyThenNone() {
		assertThat(changes(VAULT, 0)).isEmpty();
		assertThat(changes(VAULT, 1_000)).isEmpty();
	}

	@Test
	void changesWhenAppendedThenInOrderOfArrival() {
		append(VAULT, at("b", NOON), at("a", NOON.minusSeconds(1)));
		append(VAULT, at("c", NOON.minusSeconds(2)));
		List<Change> changes = changes(VAULT, 0);
		assertThat(changes).map((change) -> ((Change.Put) change).memory().id()).containsExactly("b", "a", "c");
		assertThat(changes).isSortedAccordingTo(Comparator.comparingLong(Change::position))
			.allSatisfy((change) -> assertThat(change.position()).isPositive());
		assertThat(changes).extracting((change) -> ((Change.Put) change).sequence()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void changesWhenAskedFromAPositionThenOnlyLaterOnes() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		List<Change> all = changes(VAULT, 0);
		assertThat(changes(VAULT, all.get(0).position())).isEqualTo(all.subList(1, 2));
		assertThat(changes(VAULT, all.get(1).position())).isEmpty();
		append(VAULT, memory("c", "three"));
		assertThat(changes(VAULT, all.get(1).position())).hasSize(1);
	}

	@Test
	void changesWhenEmbeddedOrEditedThenOnlyTheLastChangeIsTold() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		long end = end(VAULT);
		Change.Put before = (Change.Put) changes(VAULT, 0).get(0);
		embed(memory("a", "one"), embedding("m", 1, 2));
		await(store().replaceText(VAULT, "a", "three"));
		List<Change> news = changes(VAULT, end);
		assertThat(news).hasSize(1);
		Change.Put after = (Change.Put) news.get(0);
		assertThat(after.sequence()).isEqualTo(before.sequence());
		assertThat(after.memory()).isEqualTo(memory("a", "three"));
		assertThat(after.embedding()).isNull();
		assertThat(changes(VAULT, 0)).hasSize(2).last().isEqualTo(after);
	}

	@Test
	void changesWhenDeletedThenThoseWhoKnewItAreTold() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		long end = end(VAULT);
		assertThat(await(store().delete(VAULT, "a"))).isTrue();
		List<Change> news = changes(VAULT, end);
		assertThat(news).hasSize(1).first().isInstanceOf(Change.Delete.class);
		assertThat(((Change.Delete) news.get(0)).id()).isEqualTo("a");
		assertThat(replay(Map.of(), changes(VAULT, 0))).containsOnlyKeys("b");
	}

	@Test
	void changesWhenStoredAgainThenItComesBackAsTheLatest() {
		append(VAULT, memory("a", "one"));
		Change.Put first = onlyPut(VAULT);
		await(store().delete(VAULT, "a"));
		append(VAULT, memory("a", "again"));
		Map<String, Change.Put> known = replay(Map.of("a", first), changes(VAULT, first.position()));
		assertThat(known.get("a").memory().text()).isEqualTo("again");
		assertThat(known.get("a").position()).isGreaterThan(first.position());
		assertThat(known.get("a").sequence()).isGreaterThan(first.sequence());
	}

	@Test
	void positionsAndSequencesWhenTheLatestIsDeletedAndReopenedThenStillGrow() {
		append(VAULT, memory("a", "one"));
		Change.Put first = onlyPut(VAULT);
		await(store().delete(VAULT, "a"));
		long deletion = changes(VAULT, first.position()).get(0).position();
		fixture().reopen();
		append(VAULT, memory("b", "two"));
		Change.Put second = (Change.Put) changes(VAULT, deletion).get(0);
		assertThat(second.position()).isGreaterThan(deletion);
		assertThat(second.sequence()).isGreaterThan(first.sequence());
	}

	@Test
	void changesWhenReaderIsSlowThenNothingIsLost() {
		List<Memory> many = IntStream.range(0, 3_500).mapToObj((i) -> memory("id" + i, "number " + i)).toList();
		await(store().append(VAULT, many));
		StepVerifier.create(store().changes(VAULT, 0), 1)
			.expectNextCount(1)
			.then(() -> embed(many.get(3_000), embedding("m", 1)))
			.thenRequest(Long.MAX_VALUE)
			.recordWith(ArrayList::new)
			.expectNextCount(3_499)
			.consumeRecordedWith(
					(rest) -> assertThat(replay(Map.of(), List.copyOf(rest))).hasSize(3_499).containsKey("id3000"))
			.expectComplete()
			.verify(TIMEOUT);
	}

}
