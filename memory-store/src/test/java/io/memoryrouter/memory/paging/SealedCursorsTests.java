package io.memoryrouter.memory.paging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SealedCursors}.
 */
class SealedCursorsTests {

	private static final byte[] PLACE = "the place".getBytes(StandardCharsets.UTF_8);

	private final byte[] key = SealedCursors.newKey();

	private final SealedCursors cursors = new SealedCursors(this.key);

	private void assertRefused(String cursor, String... list) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.cursors.open(cursor, PLACE.length, list))
			.withMessageContaining("cursor");
	}

	@Test
	void openWhenCursorIsOfThisListThenAnswersPlace() {
		String cursor = this.cursors.seal(PLACE, "memories", "vault", null);
		assertThat(cursor).matches("[A-Za-z0-9_-]+");
		assertThat(this.cursors.open(cursor, PLACE.length, "memories", "vault", null)).isEqualTo(PLACE);
		assertThat(new SealedCursors(this.key.clone()).open(cursor, PLACE.length, "memories", "vault", null))
			.isEqualTo(PLACE);
		assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1))
			.doesNotContain("place");
	}

	@Test
	void openWhenListIsAnotherThenRefused() {
		String cursor = this.cursors.seal(PLACE, "memories", "vault", "");
		for (String[] list : List.of(new String[] { "memories", "vault" }, new String[] { "memories", "vaul", "t" },
				new String[] { "memoriesvault", "" }, new String[] { "memories", "vault", null }, new String[0])) {
			assertRefused(cursor, list);
		}
	}

	@Test
	void openWhenAnyBitIsFlippedThenRefused() {
		String cursor = this.cursors.seal(PLACE, "list");
		byte[] bytes = cursor.getBytes(StandardCharsets.ISO_8859_1);
		for (int i = 0; i < bytes.length * Byte.SIZE; i++) {
			byte[] flipped = bytes.clone();
			flipped[i / Byte.SIZE] ^= (byte) (1 << (i % Byte.SIZE));
			assertRefused(new String(flipped, StandardCharsets.ISO_8859_1), "list");
		}
	}

	@Test
	void sealWhenPlacesAreEqualThenCursorsDiffer() {
		assertThat(IntStream.range(0, 1_000).mapToObj((i) -> this.cursors.seal(PLACE, "list"))).doesNotHaveDuplicates()
			.allMatch((cursor) -> Arrays.equals(this.cursors.open(cursor, PLACE.length, "list"), PLACE));
		assertThat(new SealedCursors(this.key).seal(PLACE, "list"))
			.isNotEqualTo(new SealedCursors(this.key).seal(PLACE, "list"));
	}

	@Test
	void openWhenKeyIsAnotherThenRefused() {
		assertRefused(new SealedCursors(SealedCursors.newKey()).seal(PLACE, "list"), "list");
	}

	@Test
	void openWhenLengthIsAnotherThenRefused() {
		assertRefused(this.cursors.seal(new byte[PLACE.length + 1], "list"), "list");
		assertRefused("", "list");
		assertRefused(this.cursors.seal(PLACE, "list") + "=", "list");
	}

}
