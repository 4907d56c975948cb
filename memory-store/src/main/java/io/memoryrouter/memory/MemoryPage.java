package io.memoryrouter.memory;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of memories.
 *
 * @param memories the memories, newest first
 * @param nextCursor what to ask the next page with, or {@code null} after the last one;
 * opaque
 */
public record MemoryPage(List<Memory> memories, @Nullable String nextCursor) {

}
