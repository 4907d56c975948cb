package io.memoryrouter.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.observation.MemoryMetrics;
import io.memoryrouter.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class UsageRecorderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final UsageSource SOURCE = new UsageSource("acme", "key_1", "openai", "gpt-5.5");

	private final FakeStore store = new FakeStore();

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final UsageRecorder recorder = new UsageRecorder(this.store, this.meters, this.clock, 1_000);

	@AfterEach
	void close() {
		this.recorder.close();
	}

	@Test
	void flushWhenOneSourceWasUsedOftenThenItIsOneEntry() {
		this.recorder.record(SOURCE, UsageCounts.ofRequest(7));
		this.recorder.record(SOURCE, UsageCounts.ofTokens(100, 20));
		this.recorder.record(SOURCE, UsageCounts.ofMemories(2));
		flush();
		assertThat(this.store.entries())
			.containsExactly(new UsageBatch.Entry(SOURCE, LocalDate.of(2026, 3, 1), new UsageCounts(1, 7, 2, 100, 20)));
	}

	@Test
	void flushWhenNothingWasCountedSinceThenNothingIsSent() {
		this.recorder.record(SOURCE, UsageCounts.ofRequest(0));
		flush();
		flush();
		assertThat(this.store.batches).hasSize(1);
	}

	@Test
	void recordWhenADayEndsThenEachDayHasItsOwn() {
		this.clock.set(Instant.parse("2026-03-01T23:59:59.999Z"));
		this.recorder.record(SOURCE, UsageCounts.ofRequest(1));
		this.clock.set(Instant.parse("2026-03-02T00:00:00Z"));
		this.recorder.record(SOURCE, UsageCounts.ofRequest(2));
		flush();
		assertThat(this.store.entries()).containsExactlyInAnyOrder(
				new UsageBatch.Entry(SOURCE, LocalDate.of(2026, 3, 1), UsageCounts.ofRequest(1)),
				new UsageBatch.Entry(SOURCE, LocalDate.of(2026, 3, 2), UsageCounts.ofRequest(2)));
	}

	@Test
	void flushWhenStoreFailsThenTheSameBatchIsSentAgainBeforeAnyOther() {
		this.store.failure = new MemoryStoreException("away");
		this.recorder.record(SOURCE, UsageCounts.ofRequest(1));
		StepVerifier.create(this.recorder.flush()).expectError(MemoryStoreException.class).verify(TIMEOUT);
		this.recorder.record(SOURCE, UsageCounts.ofRequest(2));
		StepVerifier.create(this.recorder.flush()).expectError(MemoryStoreException.class).verify(TIMEOUT);
		this.store.failure = null;
		flush();
		assertThat(this.store.batches).extracting(UsageBatch::number).containsExactly(1L, 1L, 1L, 2L);
		assertThat(Set.copyOf(this.store.batches.subList(0, 3))).hasSize(1);
		assertThat(this.store.batches).extracting(UsageBatch::recorder)
			.containsOnly(this.store.batches.get(0).recorder());
		assertThat(this.store.batches.get(3).entries()).extracting((entry) -> entry.counts().memoryTokensInjected())
			.containsExactly(2L);
	}

	@Test
	void startWhenStoreComesBackThenCountsAreWrittenWithoutBeingAskedFor() {
		this.store.failure = new MemoryStoreException("away");
		this.recorder.start(Duration.ofMillis(1));
		this.recorder.record(SOURCE, UsageCounts.ofRequest(1));
		this.store.await(() -> this.store.batches.size() >= 2);
		this.store.failure = null;
		this.store.await(() -> this.store.written == 1);
		assertThat(Set.copyOf(this.store.batches)).hasSize(1);
	}

	@Test
	void flushWhenMuchWasCountedThenBatchesAreBounded() {
		for (int i = 0; i < 2 * UsageRecorder.MAX_BATCH - 1; i++) {
			this.recorder.record(new UsageSource("acme", "key_" + i, null, null), UsageCounts.ofRequest(1));
		}
		flush();
		assertThat(this.store.batches).extracting((batch) -> batch.entries().size())
			.containsExactly(UsageRecorder.MAX_BATCH, UsageRecorder.MAX_BATCH - 1);
	}

	@Test
	void recordWhenSourcesAreTooManyThenNewOnesAreCountedAsLost() {
		for (int i = 0; i < 1_003; i++) {
			this.recorder.record(new UsageSource("acme", "key_" + i, null, null), UsageCounts.ofRequest(1));
		}
		this.recorder.record(new UsageSource("acme", "key_0", null, null), UsageCounts.ofRequest(1));
		assertThat(this.meters.counter(MemoryMetrics.USAGE_LOST).count()).isEqualTo(3);
		flush();
		assertThat(this.store.requests()).isEqualTo(1_001);
	}

	@Test
	void recordWhenModelsAreTooManyThenTheRestIsOther() {
		for (int i = 0; i < ModelNames.MAX_OF_ACCOUNT + 5; i++) {
			this.recorder.record(new UsageSource("acme", "key_1", "openai", "m" + i), UsageCounts.ofRequest(1));
		}
		this.recorder.record(new UsageSource("acme", "key_1", "openai", "m0"), UsageCounts.ofRequest(1));
		this.recorder.record(new UsageSource("other account", "key_1", "openai", "own"), UsageCounts.ofRequest(1));
		flush();
		assertThat(this.store.requestsOf("other")).isEqualTo(5);
		assertThat(this.store.requestsOf("m0")).isEqualTo(2);
		assertThat(this.store.requestsOf("own")).isEqualTo(1);
	}

	@Test
	void recordWhenADayBeginsThenNewModelsHaveTheirPlace() {
		for (int i = 0; i < ModelNames.MAX_OF_ACCOUNT; i++) {
			this.recorder.record(new UsageSource("acme", "key_1", "openai", "m" + i), UsageCounts.ofRequest(1));
		}
		this.clock.advance(Duration.ofDays(1));
		this.recorder.record(new UsageSource("acme", "key_1", "openai", "new"), UsageCounts.ofRequest(1));
		flush();
		assertThat(this.store.requestsOf("new")).isEqualTo(1);
		assertThat(this.store.requestsOf("other")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "line\nbreak", "nul\u0000", "lone \uD83D", "right\u202Eleft", "zero\u200Bwidth" })
	void recordWhenModelIsNoNameThenIsOther(String model) {
		this.recorder.record(new UsageSource("acme", "key_1", "openai", model), UsageCounts.ofRequest(1));
		flush();
		assertThat(this.store.requestsOf("other")).isEqualTo(1);
	}

	@Test
	void recordWhenModelIsLongThenIsOther() {
		String longest = "m".repeat(ModelNames.MAX_LENGTH);
		this.recorder.record(new UsageSource("acme", "key_1", "openai", longest), UsageCounts.ofRequest(1));
		this.recorder.record(new UsageSource("acme", "key_1", "openai", longest + "m"), UsageCounts.ofRequest(1));
		flush();
		assertThat(this.store.requestsOf(longest)).isEqualTo(1);
		assertThat(this.store.requestsOf("other")).isEqualTo(1);
	}

	@Test
	void recordWhenManyCountWhileIsFlushedThenNothingIsLostOrCountedTwice() throws Exception {
		int threads = 4;
		int uses = 20_000;
		this.recorder.start(Duration.ofMillis(1));
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<Future<?>> running = new ArrayList<>();
		for (int thread = 0; thread < threads; thread++) {
			running.add(executor.submit(() -> {
				for (int i = 0; i < uses; i++) {
					this.recorder.record(new UsageSource("acme", "key_" + i % 3, "openai", "gpt"),
							new UsageCounts(1, 2, 3, 4, 5));
				}
			}));
		}
		for (Future<?> each : running) {
			each.get();
		}
		executor.shutdown();
		flush();
		UsageCounts sum = this.store.entries()
			.stream()
			.map(UsageBatch.Entry::counts)
			.reduce(UsageCounts.NONE, UsageCounts::plus);
		long all = (long) threads * uses;
		assertThat(sum).isEqualTo(new UsageCounts(all, 2 * all, 3 * all, 4 * all, 5 * all));
	}

	@Test
	void closeWhenSomethingWasCountedThenItIsWritten() {
		this.recorder.record(SOURCE, UsageCounts.ofRequest(1));
		this.recorder.close();
		assertThat(this.store.requests()).isEqualTo(1);
	}

	@Test
	void flushWhenManyAskAtOnceThenAllAreAnswered() {
		this.recorder.record(SOURCE, UsageCounts.ofRequest(1));
		Flux.range(0, 100).flatMap((i) -> this.recorder.flush(), 100).then().block(TIMEOUT);
		assertThat(this.store.requests()).isEqualTo(1);
	}

	private void flush() {
		this.recorder.flush().block(TIMEOUT);
	}

	/** Notes what is sent to it. */
	private static final class FakeStore implements UsageStore {

		private final List<UsageBatch> batches = new CopyOnWriteArrayList<>();

		private volatile MemoryStoreException failure;

		private int written;

		@Override
		public Mono<Void> add(UsageBatch batch) {
			return Mono.defer(() -> {
				MemoryStoreException ex = this.failure;
				synchronized (this) {
					this.batches.add(batch);
					this.written += (ex == null) ? 1 : 0;
					notifyAll();
				}
				return (ex != null) ? Mono.error(ex) : Mono.empty();
			});
		}

		synchronized void await(BooleanSupplier condition) {
			long end = System.nanoTime() + TIMEOUT.toNanos();
			while (!condition.getAsBoolean()) {
				assertThat(System.nanoTime()).isLessThan(end);
				try {
					wait(100);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		List<UsageBatch.Entry> entries() {
			return this.batches.stream().flatMap((batch) -> batch.entries().stream()).toList();
		}

		long requests() {
			return requests((source) -> true);
		}

		long requestsOf(String model) {
			return requests((source) -> model.equals(source.model()));
		}

		private long requests(Function<UsageSource, Boolean> counted) {
			return entries().stream()
				.filter((entry) -> counted.apply(entry.source()))
				.mapToLong((entry) -> entry.counts().requests())
				.sum();
		}

		@Override
		public Flux<UsageSum> sum(UsageQuery query) {
			return Flux.empty();
		}

	}

}
