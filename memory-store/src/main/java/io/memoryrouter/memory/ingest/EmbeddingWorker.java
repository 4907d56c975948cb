package io.memoryrouter.memory.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.memory.observation.MemoryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives memories their vectors: round after round while there is
 * something to do, then it sleeps until it is woken or the sweep is due. After a fault it
 * pauses, longer each time in a row.
 */
final class EmbeddingWorker implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddingWorker.class);

	private static final int MAX_DOUBLINGS = 30;

	private final EmbeddingRound round;

	private final IngestSettings settings;

	private final Counter faults;

	private final Thread thread = new Thread(this::run, "memoryrouter-ingest");

	private final Semaphore wakeUps = new Semaphore(0);

	private final CountDownLatch closed = new CountDownLatch(1);

	/** {@link System#nanoTime()} of when something to do was seen, while there is any. */
	private volatile @Nullable Long behindSince;

	private int faultsInARow;

	EmbeddingWorker(EmbeddingRound round, MeterRegistry meters, IngestSettings settings) {
		this.round = round;
		this.settings = settings;
		this.faults = meters.counter(MemoryMetrics.EMBEDDING_FAULTS);
		Gauge.builder(MemoryMetrics.EMBEDDING_LAG, this, EmbeddingWorker::lagSeconds)
			.baseUnit("seconds")
			.register(meters);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** Says that there is something to do. Never blocks. */
	void wake() {
		if (this.wakeUps.availablePermits() == 0) {
			this.wakeUps.release();
		}
	}

	private void run() {
		try {
			while (!isClosed()) {
				step();
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The ingest thread was interrupted", ex);
		}
	}

	private void step() throws InterruptedException {
		int handled;
		try {
			handled = this.round.run();
		}
		catch (RuntimeException | Error ex) {
			this.closed.await(failed(ex).toMillis(), TimeUnit.MILLISECONDS);
			return;
		}
		succeeded(handled);
		if (handled == 0) {
			sleep();
		}
	}

	/** Until the next wake-up, however many there were since the last, or the sweep. */
	private void sleep() throws InterruptedException {
		if (this.wakeUps.tryAcquire(this.settings.sweepInterval().toMillis(), TimeUnit.MILLISECONDS)) {
			this.wakeUps.drainPermits();
		}
	}

	private void succeeded(int handled) {
		if (this.faultsInARow > 0) {
			logger.info("Memories get their vectors again, after {} faults", this.faultsInARow);
			this.faultsInARow = 0;
		}
		if (handled == 0) {
			this.behindSince = null;
		}
		else {
			fallenBehind();
		}
	}

	private Duration failed(Throwable fault) {
		if (isClosed()) {
			return Duration.ZERO;
		}
		fallenBehind();
		this.faults.increment();
		if (this.faultsInARow == 0) {
			logger.warn("Memories get no vectors at the moment and are found by words alone; trying on", fault);
		}
		Duration pause = this.settings.minBackoff().multipliedBy(1L << Math.min(this.faultsInARow, MAX_DOUBLINGS));
		this.faultsInARow++;
		return (pause.compareTo(this.settings.maxBackoff()) < 0) ? pause : this.settings.maxBackoff();
	}

	private void fallenBehind() {
		if (this.behindSince == null) {
			this.behindSince = System.nanoTime();
		}
	}

	private double lagSeconds() {
		Long since = this.behindSince;
		return (since != null) ? (System.nanoTime() - since) / 1e9 : 0;
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	@Override
	public void close() {
		this.closed.countDown();
		wake();
		try {
			this.thread.join(Math.max(1, this.settings.closeTimeout().toMillis()));
			if (this.thread.isAlive()) {
				logger.info("The batch in hand is left to the next start");
				this.thread.interrupt();
			}
		}
		catch (InterruptedException ex) {
			this.thread.interrupt();
			Thread.currentThread().interrupt();
		}
	}

}
