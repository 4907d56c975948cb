package io.memoryrouter.gateway.chat.stream;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BoundedText} and {@link BoundedBytes}.
 */
class BoundedTextTests {

	@Test
	void appendWhenLimitReachedThenCutBetweenCharacters() {
		String addition = "a\u00e9\u20ac\ud83d\ude00";
		for (int limit = 0; limit <= 21; limit++) {
			BoundedText text = new BoundedText(limit);
			text.append(addition);
			text.append(addition);
			assertThat(text.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limit);
			assertThat(addition + addition).startsWith(text.toString());
			assertThat(text.toString()).doesNotEndWith("\ud83d");
			assertThat(text.isTruncated()).isEqualTo(limit < 20);
		}
	}

	@Test
	void appendWhenTruncatedThenNothingMore() {
		BoundedText text = new BoundedText(3);
		text.append("ab\u20ac");
		text.append("c");
		assertThat(text).hasToString("ab");
	}

	@Test
	void appendWhenPairComesInHalvesThenJoined() {
		BoundedText text = new BoundedText(10);
		text.append("\ud83d");
		text.append("\ude00");
		assertThat(text).hasToString("\ud83d\ude00");
	}

	@Test
	void acceptWhenLimitReachedThenRestLeftOut() {
		BoundedBytes bytes = new BoundedBytes(1000);
		byte[] hundred = "0123456789".repeat(10).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 10; i++) {
			bytes.accept(hundred, 0, 100);
		}
		assertThat(bytes.isOverflown()).isFalse();
		bytes.accept(hundred, 99, 1);
		assertThat(bytes.isOverflown()).isTrue();
		assertThat(bytes.length()).isEqualTo(1000);
		assertThat(bytes.array()).hasSize(1000);
		bytes.clear();
		assertThat(bytes.isOverflown()).isFalse();
		assertThat(bytes.length()).isZero();
	}

}
