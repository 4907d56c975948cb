package io.memoryrouter.gateway.chat.body;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BodySplice}.
 */
class BodySpliceTests {

	private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.UTF_8);

	@Test
	void applyWhenNoEditsThenSameArray() {
		assertThat(BodySplice.apply(BODY, List.of())).isSameAs(BODY);
	}

	@Test
	void applyWhenEditsInAnyOrderThenAllApplied() {
		assertThat(splice(edit(9, 1, "z"), edit(0, 2, ""), edit(4, 0, "abc"))).isEqualTo("23abc45678z");
		assertThat(BODY).asString().isEqualTo("0123456789");
	}

	@Test
	void applyWhenEditsTouchThenAllApplied() {
		assertThat(splice(edit(2, 3, "x"), edit(5, 2, "y"), edit(7, 0, "z"))).isEqualTo("01xyz789");
		assertThat(splice(edit(0, 10, ""), edit(10, 0, "end"))).isEqualTo("end");
	}

	@Test
	void applyWhenSeveralAtOneOffsetThenInsertionsFirstInTheirOrder() {
		assertThat(splice(edit(3, 2, "-"), edit(3, 0, "a"), edit(3, 0, "b"))).isEqualTo("012ab-56789");
	}

	@Test
	void applyWhenEditsOverlapThenRefused() {
		assertRefused(edit(2, 3, ""), edit(4, 1, ""));
		assertRefused(edit(2, 3, ""), edit(3, 0, "x"));
		assertRefused(edit(2, 1, ""), edit(2, 1, ""));
	}

	@Test
	void applyWhenEditOutsideThenRefused() {
		assertRefused(edit(-1, 1, ""));
		assertRefused(edit(9, 2, ""));
		assertRefused(edit(11, 0, ""));
		assertRefused(edit(3, -1, ""));
		assertRefused(edit(3, Integer.MAX_VALUE, ""));
	}

	private static void assertRefused(Edit... edits) {
		assertThatIllegalArgumentException().isThrownBy(() -> splice(edits));
	}

	private static String splice(Edit... edits) {
		return new String(BodySplice.apply(BODY, List.of(edits)), StandardCharsets.UTF_8);
	}

	private static Edit edit(int offset, int length, String replacement) {
		return new Edit(offset, length, replacement.getBytes(StandardCharsets.UTF_8));
	}

}
