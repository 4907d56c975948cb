package io.memoryrouter.usage;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.memory.observation.MemoryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Counts usage in the memory of this process and hands it on:
 * <ol>
 * <li>Counting adds to a few numbers, and neither waits nor writes.</li>
 * <li>At each interval a thread of its own takes what was counted since, and adds it to
 * the store, at most {@value #MAX_BATCH} entries at a time.</li>
 * <li>A batch that the store did not confirm is sent again, the same under the same
 * number, before any other. The store does not add it twice.</li>
 * <li>Closing hands on what is left.</li>
 * </ol>
 * A process that dies loses what it counted since the last interval, at most. What is
 * held is bounded: models are counted under their own names up to
 * {@value ModelNames#MAX_OF_ACCOUNT} for an account and day, then as
 * {@value UsageSource#OTHER_MODELS}; beyond {@value #MAX_TALLIES} sources and days at a
 * time, which takes a store that is away for long, nothing new is counted, and a meter
 * says so.
 */
public final class UsageRecorder implements AutoCloseable {

	static final int MAX_BATCH = 500;

	static final int MAX_TALLIES = 100_000;

	private static final Logger logger = LoggerFactory.getLogger(UsageRecorder.class);

	private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

	private final String id = UUID.randomUUID().toString();

	private final UsageStore store;

	private final Clock clock;

	private final Counter lost;

	private final ModelNames models = new ModelNames();

	private final Tallies tallies;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "memoryrouter-usage");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable CompletableFuture<Void> nextRound;

	/** This and what follows belongs to the thread. */
	private @Nullable UsageBatch unconfirmed;

	private long batches;

	private boolean failing;

	/**
	 * Makes a recorder, which hands nothing on before it is started or asked.
	 * @param store where the counts go
	 * @param meters where {@link MemoryMetrics#USAGE_LOST} is registered
	 * @param clock tells the day
	 */
	public UsageRecorder(UsageStore store, MeterRegistry meters, Clock clock) {
		this(store, meters, clock, MAX_TALLIES);
	}

	UsageRecorder(UsageStore store, MeterRegistry meters, Clock clock, int maxTallies) {
		this.store = store;
		this.clock = clock;
		this.tallies = new Tallies(maxTallies);
		this.lost = meters.counter(MemoryMetrics.USAGE_LOST);
	}

	/**
	 * Begins to hand counts on by itself.
	 * @param interval the time between two rounds
	 */
	public void start(Duration interval) {
		long millis = interval.toMillis();
		this.thread.scheduleWithFixedDelay(this::runSafely, millis, millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Counts what is used now. Never fails and never waits.
	 * @param source who uses what; a model whose name is too long or cannot be printed,
	 * or that is one too many, is counted as {@value UsageSource#OTHER_MODELS}
	 * @param counts how much
	 */
	public void record(UsageSource source, UsageCounts counts) {
		long epochDay = Math.floorDiv(this.clock.millis(), MILLIS_OF_DAY);
		if (!this.tallies.add(this.models.place(source, epochDay), epochDay, counts)) {
			this.lost.increment();
		}
	}

	/**
	 * Hands on what was counted before this was subscribed to.
	 * @return completion, when the store has it; an error if it could not be handed on:
	 * then it is kept, and tried again at the next interval. Cancelling does not undo it
	 */
	public Mono<Void> flush() {
		return Mono.fromFuture(this::nextRound, true).publishOn(Schedulers.parallel());
	}

	/** Whoever asks before a round has begun shares it: rounds do not pile up. */
	private synchronized CompletableFuture<Void> nextRound() {
		CompletableFuture<Void> round = this.nextRound;
		if (round == null) {
			round = CompletableFuture.runAsync(this::runNextRound, this.thread);
			this.nextRound = round;
		}
		return round;
	}

	private void runNextRound() {
		synchronized (this) {
			this.nextRound = null;
		}
		run();
	}

	/** A task that throws would never be run again. */
	private void runSafely() {
		try {
			run();
		}
		catch (RuntimeException ex) {
			// It has been logged, and the next round tries again.
		}
	}

	private void run() {
		try {
			send();
			for (int left = this.tallies.size(); left > 0; left -= MAX_BATCH) {
				take();
				send();
			}
			if (this.failing) {
				logger.info("Usage is written again, with what was counted meanwhile");
			}
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				logger.warn("Usage could not be written; it is kept in memory and tried again", ex);
			}
			this.failing = true;
			throw ex;
		}
	}

	private void take() {
		List<UsageBatch.Entry> entries = this.tallies.take(MAX_BATCH);
		if (!entries.isEmpty()) {
			this.batches++;
			this.unconfirmed = new UsageBatch(this.id, this.batches, entries);
		}
	}

	private void send() {
		if (this.unconfirmed != null) {
			this.store.add(this.unconfirmed).block(CALL_TIMEOUT);
			this.unconfirmed = null;
		}
	}

	/**
	 * Hands on what is left and ends. Blocks, within bounds.
	 */
	@Override
	public void close() {
		if (this.thread.isShutdown()) {
			return;
		}
		try {
			this.thread.execute(this::runLast);
			this.thread.shutdown();
			if (!this.thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.thread.shutdownNow();
				logger.error("Usage was still being written at the end; the last of it may be lost");
			}
		}
		catch (InterruptedException ex) {
			this.thread.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	private void runLast() {
		try {
			run();
		}
		catch (RuntimeException ex) {
			logger.error("Usage that was counted since it was last written is lost", ex);
		}
	}

}
