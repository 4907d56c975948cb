package io.memoryrouter.memory;

import reactor.core.publisher.Mono;

/**
 * Finds what a vault knows about a question.
 */
public interface MemoryRetriever {

	/**
	 * Recalls memories.
	 * @param query what to look for, where, and how much
	 * @return the recall. Faults of the store or the embedder are errors; there is no
	 * time limit of its own: whoever has a deadline cancels
	 */
	Mono<Recall> recall(RecallQuery query);

	/**
	 * Gets ready for questions to a vault, so that the first one does not wait. A
	 * retriever that has nothing to load does nothing.
	 * @param vault the vault
	 * @return how many memories have been loaded
	 */
	default Mono<Integer> warmUp(VaultId vault) {
		return Mono.just(0);
	}

}
