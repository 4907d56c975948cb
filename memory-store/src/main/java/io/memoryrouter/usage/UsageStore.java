package io.memoryrouter.usage;

import io.memoryrouter.memory.MemoryStoreException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps counts of usage, summed over all processes that add to them. What was counted for
 * a key stays when the key goes, and so does what was counted for a vault that is erased.
 * A store may forget days that are long past.
 * <p>
 * Errors are {@link MemoryStoreException}s. No call blocks its caller.
 */
public interface UsageStore {

	/**
	 * Adds counts to those that are there: all of a batch or nothing of it. A batch that
	 * has been added, or a later one of its recorder, is not added again.
	 * @param batch the counts
	 * @return completion, when they are durable
	 */
	Mono<Void> add(UsageBatch batch);

	/**
	 * Sums what an account has used. Days are listed from the first to the last; all else
	 * by the number of requests, the greatest first, then by name.
	 * @param query whose usage, of which days, summed by what
	 * @return the sums, where anything was counted
	 */
	Flux<UsageSum> sum(UsageQuery query);

}
