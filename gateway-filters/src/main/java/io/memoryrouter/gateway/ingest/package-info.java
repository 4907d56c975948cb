/**
 * The {@code MemoryIngest} filter: reads an answer along while it streams through, and
 * hands what was said to the store.
 */
@NullMarked
package io.memoryrouter.gateway.ingest;

import org.jspecify.annotations.NullMarked;
