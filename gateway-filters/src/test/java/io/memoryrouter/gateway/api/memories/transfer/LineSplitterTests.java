package io.memoryrouter.gateway.api.memories.transfer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineSplitter}.
 */
class LineSplitterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> split(LineSplitter splitter, Flux<DataBuffer> body) {
		return splitter.split(body)
			.concatMapIterable((lines) -> lines)
			.map((line) -> line.number() + ":"
					+ ((line.bytes() != null) ? new String(line.bytes(), StandardCharsets.UTF_8) : "too long"))
			.collectList()
			.block(TIMEOUT);
	}

	private static List<String> split(int maxLines, int maxLength, String... buffers) {
		return split(new LineSplitter(maxLines, maxLength),
				Flux.fromStream(Arrays.stream(buffers).map(LineSplitterTests::buffer)));
	}

	@Test
	void splitWhenLinesSpanBuffersThenTheyAreWhole() {
		assertThat(split(10, 10, "a\nb", "", "c\n", "\nd")).containsExactly("1:a", "2:bc", "3:", "4:d");
		assertThat(split(10, 10)).isEmpty();
		assertThat(split(10, 10, "\n")).containsExactly("1:");
	}

	@Test
	void splitWhenBuffersAreCutAnywhereThenLinesAreTheSame() {
		String text = "one\n\ntwo \u00e9\ud83d\ude00\r\nthree";
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		List<String> expected = split(10, 100, text);
		Random random = new Random(3);
		for (int i = 0; i < 200; i++) {
			List<DataBuffer> buffers = new ArrayList<>();
			int start = 0;
			while (start < bytes.length) {
				int end = Math.min(bytes.length, start + 1 + random.nextInt(5));
				buffers.add(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(bytes, start, end)));
				start = end;
			}
			assertThat(split(new LineSplitter(10, 100), Flux.fromIterable(buffers))).isEqualTo(expected);
		}
	}

	@Test
	void splitWhenLineIsTooLongThenOnlyItIsLost() {
		assertThat(split(10, 3, "abc\nab", "cd", "efg", "h\nabc")).containsExactly("1:abc", "2:too long", "3:abc");
	}

	@Test
	void splitWhenOneLineTooManyBeginsThenTheRestIsNotRead() {
		LineSplitter splitter = new LineSplitter(2, 10);
		AtomicBoolean cancelled = new AtomicBoolean();
		Flux<DataBuffer> body = Flux.concat(Mono.just(buffer("a\nb\nc")), Mono.<DataBuffer>never())
			.doOnCancel(() -> cancelled.set(true));
		assertThat(split(splitter, body)).containsExactly("1:a", "2:b");
		assertThat(splitter.hasTooMany()).isTrue();
		assertThat(cancelled).isTrue();
	}

	@Test
	void splitWhenLastLineAllowedHasEndedThenNoneIsTooMany() {
		LineSplitter splitter = new LineSplitter(2, 10);
		assertThat(split(splitter, Flux.just(buffer("a\nb\n")))).containsExactly("1:a", "2:b");
		assertThat(splitter.hasTooMany()).isFalse();
	}

	@Test
	void splitWhenBodyFailsThenUnfinishedLineIsNoLine() {
		Flux<DataBuffer> body = Flux.concat(Mono.just(buffer("a\nb")),
				Mono.error(new IllegalStateException("the client has gone")));
		StepVerifier.create(new LineSplitter(10, 10).split(body))
			.assertNext((lines) -> assertThat(lines).hasSize(1))
			.expectErrorMessage("the client has gone")
			.verify(TIMEOUT);
	}

	@Test
	void splitWhenLinesAreNotTakenThenBodyIsNotRead() {
		AtomicInteger read = new AtomicInteger();
		Flux<DataBuffer> body = Flux.range(1, 1_000)
			.map((i) -> buffer("line\n".repeat(500)))
			.doOnNext((buffer) -> read.incrementAndGet());
		StepVerifier.create(new LineSplitter(1_000_000, 10).split(body).concatMap((lines) -> Mono.never(), 1))
			.thenRequest(Long.MAX_VALUE)
			.thenAwait(Duration.ofMillis(10))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(read.get()).isLessThanOrEqualTo(3);
	}

}
