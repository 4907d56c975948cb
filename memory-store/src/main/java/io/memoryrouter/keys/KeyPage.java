package io.memoryrouter.keys;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of keys.
 *
 * @param keys the keys, newest first
 * @param nextCursor what to ask the next page with, or {@code null} after the last one;
 * opaque
 */
public record KeyPage(List<KeyRecord> keys, @Nullable String nextCursor) {

}
