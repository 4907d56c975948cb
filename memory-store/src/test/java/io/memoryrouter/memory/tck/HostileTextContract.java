package io.memoryrouter.memory.tck;

import java.util.List;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Text that means something to a database, a search engine or a decoder.
 */
abstract class HostileTextContract extends Contract {

	static List<String> texts() {
		return List.of("it's \"quoted\" `so` [and] {so}", "'; DROP TABLE memory; --", "100% of_it \\ \\% \\_",
				"a\u0000b \u0000",
				"\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA",
				"\u202Eright to left\u202C \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
				"\u65E5\u672C\u8A9E \u4E2D\u6587 \uD55C\uAD6D\uC5B4", "e\u0301 \u00E9 \u212B \uFB01 \u0130 \u00DF",
				"NEAR(a b) AND OR NOT text: ^a b* \"unclosed", "@field:{tag} -(x) ~y $param | %%fuzzy%%", "\\",
				"\uFEFF\u200B\u00A0x", "\r\n\tx\u0007\u001B[31m", "?1 :name @name $name", "\uFFFF\uFFFE x",
				"x".repeat(200_000));
	}

	@ParameterizedTest(name = "{index}")
	@MethodSource("texts")
	void storeWhenTextIsHostileThenItComesBackAsItWas(String text) {
		Memory memory = new Memory("id " + text.substring(0, Math.min(200, text.length())).replace('\u0000', '0'),
				VAULT, SESSION, Role.USER, text, text, NOON, false);
		append(VAULT, memory);
		assertThat(find(VAULT, memory.id())).containsExactly(memory);
		assertThat(onlyPut(VAULT).memory()).isEqualTo(memory);
		assertThat(page(MemoryFilter.ALL, null, 10).memories()).containsExactly(memory);
		embed(memory, embedding("m", 1));
		assertThat(pending("m", 10)).isEmpty();
		assertThat(await(store().replaceText(VAULT, memory.id(), text + "!")).text()).isEqualTo(text + "!");
		fixture().reopen();
		assertThat(find(VAULT, memory.id()).get(0).text()).isEqualTo(text + "!");
		assertThat(await(store().delete(VAULT, memory.id()))).isTrue();
	}

	@ParameterizedTest(name = "{index}")
	@MethodSource("texts")
	void listWhenWordsAreHostileThenTheyAreWordsAndNoSyntax(String words) {
		append(VAULT, memory("plain", "nothing of the kind"));
		assertThatCode(() -> page(new MemoryFilter(null, null, words, null, null), null, 10))
			.doesNotThrowAnyException();
		append(VAULT, memory("same", words));
		assertThat(idsOf(new MemoryFilter(null, null, words, null, null))).contains("same");
	}

	@Test
	void listWhenWordsLookLikeOperatorsThenTheyAreSearchedFor() {
		append(VAULT, memory("a", "this or that"), memory("b", "this and that"), memory("c", "that"));
		assertThat(idsOf(new MemoryFilter(null, null, "this OR that", null, null))).containsExactly("a");
		assertThat(idsOf(new MemoryFilter(null, null, "th%", null, null))).isEmpty();
		assertThat(idsOf(new MemoryFilter(null, null, "tha*", null, null))).isEmpty();
	}

	@Test
	void storeWhenTextHasHalfASurrogatePairThenOnlyThatIsReplaced() {
		append(VAULT, memory("a", "before \uD83D after \uDE00 \uD83D\uDE00"));
		String text = find(VAULT, "a").get(0).text();
		assertThat(text).matches("before . after . \uD83D\uDE00");
		Memory waiting = pending("m", 10).get(0).memory();
		assertThat(waiting.text()).isEqualTo(text);
		embed(waiting, embedding("m", 1));
		assertThat(pending("m", 10)).isEmpty();
	}

	@Test
	void storeWhenSessionIsHostileThenItIsAName() {
		SessionId quoted = new SessionId("' OR '1'='1");
		SessionId wild = new SessionId("%");
		append(VAULT, in(quoted, "a", NOON), in(wild, "b", NOON), in(SESSION, "c", NOON));
		assertThat(idsOf(new MemoryFilter(quoted, null, null, null, null))).containsExactly("a");
		assertThat(idsOf(new MemoryFilter(wild, null, null, null, null))).containsExactly("b");
		assertThat(erase(VAULT, wild).deleted()).isEqualTo(1);
		assertThat(idsOf(MemoryFilter.ALL)).containsExactly("c", "a");
	}

}
