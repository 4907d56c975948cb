/**
 * How the memory side is watched: the names of its metrics and what they mean.
 */
@NullMarked
package io.memoryrouter.memory.observation;

import org.jspecify.annotations.NullMarked;
