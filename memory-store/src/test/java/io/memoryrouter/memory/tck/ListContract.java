package io.memoryrouter.memory.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryPage;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Lists: newest first, filtered, page by page.
 */
abstract class ListContract extends Contract {

	@Test
	void listWhenTimesAreEqualThenLaterArrivalsComeFirst() {
		append(VAULT, at("a", NOON), at("b", NOON.plusMillis(1)), at("c", NOON));
		append(VAULT, at("d", NOON), at("e", NOON.minusMillis(1)));
		assertThat(idsOf(MemoryFilter.ALL)).containsExactly("b", "d", "c", "a", "e");
		assertThat(ids(listAll(VAULT, MemoryFilter.ALL, 1))).containsExactly("b", "d", "c", "a", "e");
		assertThat(ids(listAll(VAULT, MemoryFilter.ALL, 2))).containsExactly("b", "d", "c", "a", "e");
	}

	@Test
	void readAllThenOldestFirstAndOfThisVaultAlone() {
		append(VAULT, at("a", NOON), at("b", NOON.plusMillis(1)), at("c", NOON));
		append(VAULT, at("d", NOON), at("e", NOON.minusMillis(1)));
		append(OTHER_VAULT, memory(OTHER_VAULT, "f", "theirs"));
		assertThat(ids(await(store().readAll(VAULT).collectList()))).containsExactly("e", "a", "c", "d", "b");
	}

	@Test
	void readAllWhenThereAreManyThenEachComesOnce() {
		List<Memory> many = new ArrayList<>();
		for (int i = 0; i < 1_234; i++) {
			many.add(at("m" + i, NOON.plusMillis(i / 7)));
		}
		append(VAULT, many.toArray(Memory[]::new));
		assertThat(await(store().readAll(VAULT).collectList())).isEqualTo(many);
	}

	@Test
	void listWhenPageIsTheLastThenHasNoCursor() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		assertThat(page(MemoryFilter.ALL, null, 2).nextCursor()).isNull();
		assertThat(page(MemoryFilter.ALL, null, 1).nextCursor()).isNotNull();
		assertThat(await(store().list(OTHER_VAULT, MemoryFilter.ALL, null, 10)))
			.isEqualTo(new MemoryPage(List.of(), null));
	}

	@Test
	void listWhenFilteredThenOnlyThoseThatFitAll() {
		SessionId other = new SessionId("other");
		append(VAULT, in(SESSION, "a", NOON), in(other, "b", NOON), in(null, "c", NOON),
				new Memory("d", VAULT, SESSION, Role.ASSISTANT, null, "text of d", NOON, false));
		assertThat(idsOf(new MemoryFilter(SESSION, null, null, null, null))).containsExactly("d", "a");
		assertThat(idsOf(new MemoryFilter(null, Role.USER, null, null, null))).containsExactly("c", "b", "a");
		assertThat(idsOf(new MemoryFilter(SESSION, Role.USER, "text", null, null))).containsExactly("a");
		assertThat(idsOf(new MemoryFilter(new SessionId("none"), null, null, null, null))).isEmpty();
	}

	@Test
	void listWhenBoundedInTimeThenSinceIsInclusiveAndUntilExclusive() {
		append(VAULT, at("a", NOON), at("b", NOON.plusMillis(1)), at("c", NOON.plusMillis(2)));
		assertThat(idsOf(new MemoryFilter(null, null, null, NOON.plusMillis(1), null))).containsExactly("c", "b");
		assertThat(idsOf(new MemoryFilter(null, null, null, null, NOON.plusMillis(1)))).containsExactly("a");
		assertThat(idsOf(new MemoryFilter(null, null, null, NOON.plusNanos(1), NOON.plusNanos(1_000_001))))
			.containsExactly("b");
		assertThat(idsOf(new MemoryFilter(null, null, null, Instant.MIN, Instant.MAX))).containsExactly("c", "b", "a");
	}

	@Test
	void listWhenWordsAreGivenThenTextHasAllOfThem() {
		append(VAULT, memory("a", "The cat sat on the mat."), memory("b", "A CAT, and a dog"),
				memory("c", "concatenate the dogs"));
		assertThat(idsOf(words("cat"))).containsExactly("b", "a");
		assertThat(idsOf(words("dog CAT"))).containsExactly("b");
		assertThat(idsOf(words("cat bird"))).isEmpty();
		assertThat(idsOf(words("  "))).containsExactly("c", "b", "a");
	}

	@Test
	void listWhenTextChangesThenFollowsIt() {
		append(VAULT, memory("a", "the old word"));
		await(store().replaceText(VAULT, "a", "the new one"));
		assertThat(idsOf(words("old"))).isEmpty();
		assertThat(idsOf(words("new"))).containsExactly("a");
		await(store().delete(VAULT, "a"));
		assertThat(idsOf(words("new"))).isEmpty();
	}

	@Test
	void listWhenStoredAndDeletedMeanwhileThenNothingThatStaysIsTwiceOrMissing() {
		List<Memory> staying = IntStream.range(0, 40).mapToObj((i) -> at("s" + i, NOON.plusMillis(i / 3))).toList();
		append(VAULT, staying.toArray(Memory[]::new));
		List<String> seen = new ArrayList<>();
		String cursor = null;
		int page = 0;
		do {
			MemoryPage current = page(MemoryFilter.ALL, cursor, 4);
			seen.addAll(ids(current.memories()));
			cursor = current.nextCursor();
			// The last of the page goes: the next one starts where nothing is any more.
			String last = current.memories().get(current.memories().size() - 1).id();
			await(store().delete(VAULT, last));
			append(VAULT, at("new" + page, NOON.plusSeconds(1)), at("old" + page, NOON.minusSeconds(1 + page)));
			page++;
		}
		while (cursor != null && page < 15);
		assertThat(seen).doesNotHaveDuplicates()
			.containsSubsequence(
					staying.stream().map(Memory::id).sorted((one, other) -> idsOrder(staying, other, one)).toList());
	}

	private static int idsOrder(List<Memory> memories, String one, String other) {
		return Integer.compare(ids(memories).indexOf(one), ids(memories).indexOf(other));
	}

	@Test
	void listWhenCursorIsNoneOfThisVaultThenIsRefused() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		append(OTHER_VAULT, memory(OTHER_VAULT, "a", "one"), memory(OTHER_VAULT, "b", "two"));
		String cursor = page(MemoryFilter.ALL, null, 1).nextCursor();
		assertThat(cursor).isNotNull();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> await(store().list(OTHER_VAULT, MemoryFilter.ALL, cursor, 1)));
		for (MemoryFilter filter : List.of(words("one"), new MemoryFilter(SESSION, null, null, null, null),
				new MemoryFilter(null, Role.USER, null, null, null),
				new MemoryFilter(null, null, null, Instant.EPOCH, null),
				new MemoryFilter(null, null, null, null, Instant.MAX))) {
			assertThatIllegalArgumentException().isThrownBy(() -> page(filter, cursor, 1));
		}
	}

	@Test
	void listWhenStoreWasReopenedThenCursorsCount() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		String cursor = page(MemoryFilter.ALL, null, 1).nextCursor();
		fixture().reopen();
		assertThat(page(MemoryFilter.ALL, cursor, 1).memories()).extracting(Memory::id).containsExactly("a");
	}

	@Test
	void listWhenCursorWasAlteredOrMadeUpThenIsRefused() {
		append(VAULT, memory("a", "one"), memory("b", "two"));
		String cursor = page(MemoryFilter.ALL, null, 1).nextCursor();
		assertThat(cursor).isNotNull();
		for (int i = 0; i < cursor.length(); i++) {
			char other = (cursor.charAt(i) != 'A') ? 'A' : 'B';
			String altered = cursor.substring(0, i) + other + cursor.substring(i + 1);
			assertThatIllegalArgumentException().isThrownBy(() -> page(MemoryFilter.ALL, altered, 1));
		}
		for (String garbage : List.of("", "x", "'; DROP TABLE memory; --", "\u0000", "ÿ", cursor + "AAAA",
				cursor.substring(0, cursor.length() - 4))) {
			assertThatIllegalArgumentException().isThrownBy(() -> page(MemoryFilter.ALL, garbage, 1));
		}
	}

	@Test
	void listWhenLimitIsOutOfRangeThenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> page(MemoryFilter.ALL, null, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> page(MemoryFilter.ALL, null, 1_001));
	}

	private static MemoryFilter words(String words) {
		return new MemoryFilter(null, null, words, null, null);
	}

}
