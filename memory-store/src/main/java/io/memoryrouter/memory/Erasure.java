package io.memoryrouter.memory;

/**
 * The receipt of an erasure.
 *
 * @param deleted how many memories were deleted
 * @param remaining how many there are now in what was erased, counted afterwards: 0
 * unless somebody stored new ones meanwhile
 */
public record Erasure(long deleted, long remaining) {

}
