package io.memoryrouter.memory.embedding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.memoryrouter.memory.Embedding;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of how {@link OnnxTextEmbedder} shares its threads, with an encoder that the test
 * holds and lets go.
 */
class EmbeddingSchedulingTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HeldEncoder encoder = new HeldEncoder();

	private final List<OnnxTextEmbedder> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.encoder.permits.release(1_000_000);
		this.opened.forEach(OnnxTextEmbedder::close);
	}

	@Test
	void embedQueryWhenPassagesAreUnderWayThenTheQuestionDoesNotWait() {
		OnnxTextEmbedder embedder = start(1, 100);
		begin(embedder.embedPassages(passages(50)));
		awaitStarted("passage: 0");
		Disposable query = begin(embedder.embedQuery("q"));
		awaitStarted("query: q");
		assertThat(this.encoder.started).doesNotContain("passage: 1");
		query.dispose();
	}

	@Test
	void embedQueryWhenPassagesWaitThenQuestionsGoFirst() {
		OnnxTextEmbedder embedder = start(1, 100);
		begin(embedder.embedPassages(List.of("p1")));
		awaitStarted("passage: p1");
		begin(embedder.embedQuery("q1"));
		awaitStarted("query: q1");
		List<Mono<?>> calls = List.of(embedder.embedPassages(List.of("p2")), embedder.embedQuery("q2"),
				embedder.embedQuery("q3"));
		calls.forEach(EmbeddingSchedulingTests::begin);
		this.encoder.permits.release(2);
		Awaitility.await().atMost(TIMEOUT).until(() -> this.encoder.started.size() == 4);
		assertThat(this.encoder.started).contains("query: q2", "query: q3").doesNotContain("passage: p2");
	}

	@Test
	void embedQueryWhenTooManyWaitThenRefused() {
		OnnxTextEmbedder embedder = start(1, 2);
		occupyBothThreads(embedder);
		List.of("c", "d").forEach((text) -> begin(embedder.embedQuery(text)));
		StepVerifier.create(embedder.embedQuery("e")).expectError(EmbeddingException.Overloaded.class).verify(TIMEOUT);
	}

	@Test
	void embedPassagesWhenListIsLongerThanTheQueueThenAllAreEmbedded() {
		this.encoder.permits.release(1_000_000);
		OnnxTextEmbedder embedder = start(3, 3);
		List<Embedding> vectors = embedder.embedPassages(passages(200)).block(TIMEOUT);
		assertThat(vectors).extracting((embedding) -> embedding.vector()[0])
			.containsExactlyElementsOf(
					IntStream.range(0, 200).mapToObj((i) -> (float) ("passage: " + i).hashCode()).toList());
	}

	@Test
	void embedQueryWhenCancelledWhileItWaitsThenItIsNotComputedAndFreesItsPlace() {
		OnnxTextEmbedder embedder = start(1, 1);
		occupyBothThreads(embedder);
		embedder.embedQuery("cancelled").subscribe().dispose();
		Mono<Embedding> next = embedder.embedQuery("next").cache();
		begin(next);
		this.encoder.permits.release(1_000_000);
		assertThat(next.block(TIMEOUT)).isNotNull();
		assertThat(this.encoder.started).doesNotContain("query: cancelled");
	}

	@Test
	void embedQueryWhenAskedAgainThenItIsComputedOnce() {
		this.encoder.permits.release(1_000_000);
		OnnxTextEmbedder embedder = start(1, 10);
		Embedding first = embedder.embedQuery("again").block(TIMEOUT);
		assertThat(embedder.embedQuery("again").block(TIMEOUT)).isSameAs(first);
		assertThat(this.encoder.started).hasSize(1);
	}

	@Test
	void embedQueryWhenEncoderFailsThenErrorAndTheNextOneWorks() {
		this.encoder.permits.release(1_000_000);
		OnnxTextEmbedder embedder = start(1, 10);
		this.encoder.fault = new StackOverflowError();
		StepVerifier.create(embedder.embedQuery("a")).expectError(EmbeddingException.class).verify(TIMEOUT);
		this.encoder.fault = null;
		assertThat(embedder.embedQuery("a").block(TIMEOUT)).isNotNull();
	}

	@Test
	void embedQueryWhenModelIsStillLoadingThenItWaits() {
		CountDownLatch loaded = new CountDownLatch(1);
		this.encoder.permits.release(1_000_000);
		OnnxTextEmbedder embedder = opened(OnnxTextEmbedder.start(new OnnxEmbedderSettings(1, 10, 10), () -> {
			awaitQuietly(loaded);
			return this.encoder;
		}));
		Mono<Embedding> early = embedder.embedQuery("early").cache();
		begin(early);
		loaded.countDown();
		assertThat(early.block(TIMEOUT)).isNotNull();
	}

	@Test
	void embedQueryWhenModelCannotBeLoadedThenEveryCallSaysSo() {
		OnnxTextEmbedder embedder = opened(OnnxTextEmbedder.start(new OnnxEmbedderSettings(1, 10, 10), () -> {
			throw new EmbeddingException("no model");
		}));
		StepVerifier.create(embedder.ready()).expectErrorMessage("no model").verify(TIMEOUT);
		StepVerifier.create(embedder.embedQuery("a")).expectErrorMessage("no model").verify(TIMEOUT);
		StepVerifier.create(embedder.embedPassages(List.of("a"))).expectErrorMessage("no model").verify(TIMEOUT);
	}

	@Test
	void closeWhenTextsAreUnderWayThenTheyEndBeforeTheModelIsFreed() {
		OnnxTextEmbedder embedder = start(1, 10);
		Mono<List<Embedding>> passage = embedder.embedPassages(List.of("running")).cache();
		begin(passage);
		awaitStarted("passage: running");
		Mono<Embedding> running = embedder.embedQuery("running").cache();
		begin(running);
		awaitStarted("query: running");
		Mono<Embedding> waiting = embedder.embedQuery("waiting").cache();
		begin(waiting);
		Thread closing = new Thread(embedder::close);
		closing.start();
		StepVerifier.create(waiting).expectError(EmbeddingException.class).verify(TIMEOUT);
		assertThat(this.encoder.closed).isFalse();
		this.encoder.permits.release(2);
		assertThat(running.block(TIMEOUT)).isNotNull();
		assertThat(passage.block(TIMEOUT)).isNotNull();
		Awaitility.await().atMost(TIMEOUT).untilTrue(this.encoder.closed);
		assertThat(this.encoder.closedWhileRunning).isFalse();
		StepVerifier.create(embedder.embedQuery("late")).expectError(EmbeddingException.class).verify(TIMEOUT);
	}

	@Test
	void settingsWhenOutOfRangeThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OnnxEmbedderSettings(0, 1, 1))
			.withMessage("workers is 1 to 64, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new OnnxEmbedderSettings(1, 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new OnnxEmbedderSettings(1, 1, -1));
	}

	private OnnxTextEmbedder start(int workers, int capacity) {
		return opened(OnnxTextEmbedder.start(new OnnxEmbedderSettings(workers, capacity, 10), () -> this.encoder));
	}

	private OnnxTextEmbedder opened(OnnxTextEmbedder embedder) {
		this.opened.add(embedder);
		return embedder;
	}

	private void occupyBothThreads(OnnxTextEmbedder embedder) {
		begin(embedder.embedQuery("a"));
		awaitStarted("query: a");
		begin(embedder.embedQuery("b"));
		awaitStarted("query: b");
	}

	private static Disposable begin(Mono<?> call) {
		return call.onErrorComplete().subscribe();
	}

	private static List<String> passages(int count) {
		return IntStream.range(0, count).mapToObj(String::valueOf).toList();
	}

	private void awaitStarted(String text) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.encoder.started.contains(text));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** An encoder that computes only as many texts as it has permits for. */
	private static final class HeldEncoder implements TextEncoder {

		private final List<String> started = new CopyOnWriteArrayList<>();

		private final Semaphore permits = new Semaphore(0);

		private final AtomicInteger running = new AtomicInteger();

		private final AtomicBoolean closed = new AtomicBoolean();

		private final AtomicBoolean closedWhileRunning = new AtomicBoolean();

		private volatile Error fault;

		@Override
		public float[] encode(String text) {
			this.running.incrementAndGet();
			try {
				this.started.add(text);
				this.permits.acquireUninterruptibly();
				if (this.fault != null) {
					throw this.fault;
				}
				return new float[] { text.hashCode() };
			}
			finally {
				this.running.decrementAndGet();
			}
		}

		@Override
		public void close() {
			this.closedWhileRunning.set(this.running.get() > 0);
			this.closed.set(true);
		}

	}

}
