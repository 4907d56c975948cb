/**
 * Long-term memory for conversations: the vocabulary of the product
 * ({@link io.memoryrouter.memory.Memory}, {@link io.memoryrouter.memory.Exchange},
 * {@link io.memoryrouter.memory.Recall}) and its three services:
 * {@link io.memoryrouter.memory.MemoryStore},
 * {@link io.memoryrouter.memory.MemoryRetriever} and
 * {@link io.memoryrouter.memory.MemoryIngestor}.
 */
@NullMarked
package io.memoryrouter.memory;

import org.jspecify.annotations.NullMarked;
