package io.memoryrouter.gateway.chat.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SseParser}.
 */
class SseParserTests {

	private static final String STREAM = """
			: a comment
			event: x
			data: {"a":1}
			id: 1

			data:b

			data

			data: 1
			data: 2
			data:  3

			database: no
			retry: 5

			data: caf\u00e9 \ud83d\ude00

			""";

	private static final List<String> EVENTS = List.of("{\"a\":1}", "b", "", "1\n2\n 3", "caf\u00e9 \ud83d\ude00");

	private final List<String> events = new ArrayList<>();

	private final List<String> beginnings = new ArrayList<>();

	private final SseParser parser = parser(1000);

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void acceptWhenSplitAnywhereThenSameEvents(String lineEnd) {
		byte[] stream = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= stream.length; first++) {
			for (int second : new int[] { first, Math.min(first + 1, stream.length), stream.length }) {
				this.events.clear();
				SseParser fresh = parser(1000);
				fresh.accept(stream, 0, first);
				fresh.accept(stream, first, second - first);
				fresh.accept(stream, second, stream.length - second);
				assertThat(this.events).isEqualTo(EVENTS);
				assertThat(this.beginnings).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void acceptWhenByteByByteThenSameEvents(String lineEnd) {
		byte[] stream = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < stream.length; i++) {
			this.parser.accept(stream, i, 1);
		}
		assertThat(this.events).isEqualTo(EVENTS);
	}

	@Test
	void acceptWhenByteOrderMarkThenPassedOver() {
		accept("\ufeffdata: a\n\n\ufeffdata: b\n\n");
		assertThat(this.events).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: a", "data: a\n", "data: a\r", "data: a\r\n" })
	void finishWhenNoFinalEmptyLineThenLastEventCounts(String stream) {
		accept(stream);
		assertThat(this.events).isEmpty();
		this.parser.finish();
		this.parser.finish();
		assertThat(this.events).containsExactly("a");
	}

	@Test
	void acceptWhenEventTooLargeThenItsBeginning() {
		SseParser small = parser(10);
		byte[] stream = ("data: 1\n\n" + "data: " + "x".repeat(100) + "\n\n" + "data: 2\n\n" + "data: 12345\n".repeat(3)
				+ "\n" + ": " + "x".repeat(100) + "\n\ndata: 3\n\n")
			.getBytes(StandardCharsets.UTF_8);
		for (byte each : stream) {
			small.accept(new byte[] { each }, 0, 1);
		}
		assertThat(this.events).containsExactly("1", "2", "3");
		assertThat(this.beginnings).containsExactly("xxxx", "1234");
	}

	@Test
	void isPendingWhenEventComesInThenFromItsLastCharacter() {
		for (String prefix : List.of("data: ", "data:")) {
			SseParser fresh = parser(1000);
			assertPending(fresh, prefix, false);
			assertPending(fresh, "[DONE", false);
			assertPending(fresh, "]", true);
			assertPending(fresh, "\r", true);
			assertPending(fresh, "\n", true);
			assertPending(fresh, "\n", false);
			assertThat(this.events).endsWith("[DONE]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[DONE]", "data: [DONE] ", "data: x\ndata: [DONE]", "data: [DONE]\ndata", "event: [DONE]",
			"data: [DONE]\n\n", "data: \"[DONE]\"", "data" })
	void isPendingWhenSomethingElseThenNot(String stream) {
		accept(stream);
		assertThat(this.parser.isPending("[DONE]")).isFalse();
	}

	private static void assertPending(SseParser parser, String piece, boolean pending) {
		byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
		parser.accept(bytes, 0, bytes.length);
		assertThat(parser.isPending("[DONE]")).isEqualTo(pending);
	}

	private void accept(String stream) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		this.parser.accept(bytes, 0, bytes.length);
	}

	private SseParser parser(int maxEventBytes) {
		return new SseParser(
				(bytes, offset, length) -> this.events.add(new String(bytes, offset, length, StandardCharsets.UTF_8)),
				(bytes, offset, length) -> this.beginnings
					.add(new String(bytes, offset, length, StandardCharsets.UTF_8)),
				maxEventBytes);
	}

}
