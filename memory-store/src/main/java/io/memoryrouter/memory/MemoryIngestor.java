package io.memoryrouter.memory;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes what was said into a vault.
 */
public interface MemoryIngestor {

	/** The greatest length of a text unless another is set, in UTF-16 units. */
	int DEFAULT_MAX_TEXT_LENGTH = 100_000;

	/**
	 * Stores an exchange. When this completes the exchange is durable, and found by words
	 * at once; by meaning as soon as its vectors are made, which is not waited for.
	 * Cancelling does not undo it.
	 * @param exchange what was said
	 * @return its memories. A {@link MemoryStoreException.Overloaded} error means that
	 * nothing was stored because too much is waiting already
	 */
	Mono<Ingested> ingest(Exchange exchange);

	/**
	 * Stores exchanges of one vault, in their order, each as by {@link #ingest}. An
	 * implementation does in one step what it can.
	 * @param exchanges what was said; at most 1,000, all of one vault
	 * @return for each exchange its memories. After an error some exchanges may be
	 * stored; those that are not are the last ones
	 */
	default Mono<List<Ingested>> ingestAll(List<Exchange> exchanges) {
		return Flux.fromIterable(exchanges).concatMap(this::ingest).collectList();
	}

	/**
	 * The greatest length of a text: what is longer is cut.
	 * @return the length, in UTF-16 units; 100,000 by default
	 */
	default int maxTextLength() {
		return DEFAULT_MAX_TEXT_LENGTH;
	}

}
