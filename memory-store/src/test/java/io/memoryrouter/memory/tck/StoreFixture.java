package io.memoryrouter.memory.tck;

import io.memoryrouter.memory.MemoryStore;

/**
 * An empty store for one test.
 */
public interface StoreFixture extends AutoCloseable {

	/**
	 * The store.
	 * @return the store, open
	 */
	MemoryStore store();

	/**
	 * Ends the store as an orderly end of its process would, and starts it again on the
	 * same data.
	 * @return the new store, which {@link #store()} returns too from now on
	 */
	MemoryStore reopen();

	/**
	 * Ends the store and removes its data.
	 */
	@Override
	void close();

}
