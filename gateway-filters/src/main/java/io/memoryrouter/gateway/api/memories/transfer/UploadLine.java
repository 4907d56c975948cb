package io.memoryrouter.gateway.api.memories.transfer;

import org.jspecify.annotations.Nullable;

/**
 * A line of an upload.
 *
 * @param number its number; the first is 1
 * @param bytes what it holds, without its end, or {@code null} if it is longer than a
 * line may be
 */
record UploadLine(int number, byte @Nullable [] bytes) {

}
