package io.memoryrouter.gateway.ingest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Stores exchanges on behalf of answers, without ever failing them. An append begins at
 * once and goes on whatever becomes of the answer; the answer waits for it a little. At
 * shutdown, when the server has stopped, the appends that go on are waited for.
 */
public final class ExchangeArchive implements SmartLifecycle {

	/**
	 * The phase in which it stops: after the web server, which stops in
	 * {@code DEFAULT_PHASE - 2048}, and before whatever the store stops in.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

	private static final Logger logger = LoggerFactory.getLogger(ExchangeArchive.class);

	/** An append that takes longer is given up, so that it frees its place. */
	private static final Duration GIVE_UP = Duration.ofSeconds(60);

	private static final Duration SHUTDOWN = Duration.ofSeconds(20);

	private final MemoryIngestor ingestor;

	private final Duration hold;

	private final int maxPending;

	private final Semaphore places;

	private final GatewayMeters meters;

	private volatile boolean running;

	/**
	 * Makes an archive.
	 * @param ingestor takes the exchanges
	 * @param settings how long to wait, and for how many at a time
	 * @param meters counts what becomes of them
	 */
	public ExchangeArchive(MemoryIngestor ingestor, IngestSettings settings, GatewayMeters meters) {
		this.ingestor = ingestor;
		this.hold = settings.hold();
		this.maxPending = settings.maxPending();
		this.places = new Semaphore(settings.maxPending());
		this.meters = meters;
	}

	/**
	 * Stores an exchange, beginning now.
	 * @param exchange what was said
	 * @param usage counts the memories that are new
	 * @return completion, when it is durable, or cannot be stored, or the hold is over;
	 * cancelling stops the waiting alone
	 */
	Mono<Void> append(Exchange exchange, RequestUsage usage) {
		if (!this.places.tryAcquire()) {
			failed(new MemoryStoreException.Overloaded("Too many exchanges wait for the store"));
			return Mono.empty();
		}
		Mono<Void> appended = Mono.defer(() -> this.ingestor.ingest(exchange))
			.timeout(GIVE_UP)
			.doOnNext((ingested) -> usage.stored(ingested.added()))
			.doOnSuccess((ingested) -> this.meters.appended(GatewayMeters.Append.STORED))
			.doOnError(this::failed)
			.doFinally((signal) -> this.places.release())
			.then()
			.onErrorComplete()
			.cache();
		appended.subscribe();
		return appended.timeout(this.hold, Mono.fromRunnable(this::late));
	}

	private void late() {
		this.meters.appended(GatewayMeters.Append.LATE);
		logger.debug("An answer ended before its exchange was durable");
	}

	private void failed(Throwable ex) {
		this.meters.appended(GatewayMeters.Append.FAILED);
		logger.warn("An exchange was not stored: {}", MemoryStoreException.describe(ex));
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			if (this.places.tryAcquire(this.maxPending, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
				this.places.release(this.maxPending);
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		logger.error("{} exchanges were still being stored at shutdown",
				this.maxPending - this.places.availablePermits());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
