package io.memoryrouter.gateway.receipt;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.receipt.Receipt;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Saves receipts on behalf of requests, without ever failing or delaying one: saving
 * begins at once and nobody waits for it. Of a store that does not keep up, receipts are
 * lost and counted.
 */
public final class ReceiptArchive {

	private static final Logger logger = LoggerFactory.getLogger(ReceiptArchive.class);

	/** A receipt that takes longer is given up, so that it frees its place. */
	private static final Duration GIVE_UP = Duration.ofSeconds(10);

	private static final int MAX_PENDING = 1_000;

	private final ReceiptStore store;

	private final GatewayMeters meters;

	private final Duration giveUp;

	private final Semaphore places;

	private final ReceiptIds ids = new ReceiptIds();

	/**
	 * Makes an archive.
	 * @param store where receipts are kept
	 * @param meters counts those that are lost
	 */
	public ReceiptArchive(ReceiptStore store, GatewayMeters meters) {
		this(store, meters, MAX_PENDING, GIVE_UP);
	}

	ReceiptArchive(ReceiptStore store, GatewayMeters meters, int maxPending, Duration giveUp) {
		this.store = store;
		this.meters = meters;
		this.giveUp = giveUp;
		this.places = new Semaphore(maxPending);
	}

	/**
	 * An id for a new receipt.
	 * @return the id, which nobody can guess
	 */
	public String nextId() {
		return this.ids.next();
	}

	/**
	 * Saves a receipt, beginning now. Returns at once and never fails.
	 * @param receipt the receipt
	 */
	public void save(Receipt receipt) {
		if (!this.places.tryAcquire()) {
			lost(new MemoryStoreException.Overloaded("Too many receipts wait for the store"));
			return;
		}
		Mono.defer(() -> this.store.save(receipt))
			.timeout(this.giveUp)
			.doFinally((signal) -> this.places.release())
			.subscribe(null, this::lost);
	}

	private void lost(Throwable ex) {
		this.meters.receiptLost();
		logger.debug("A receipt was not saved: {}", MemoryStoreException.describe(ex));
	}

}
