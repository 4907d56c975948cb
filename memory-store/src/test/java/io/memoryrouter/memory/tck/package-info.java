/**
 * What a {@link io.memoryrouter.memory.MemoryStore} has to keep, as tests: extend
 * {@link io.memoryrouter.memory.tck.MemoryStoreContract} for a store of your own.
 */
@NullMarked
package io.memoryrouter.memory.tck;

import org.jspecify.annotations.NullMarked;
