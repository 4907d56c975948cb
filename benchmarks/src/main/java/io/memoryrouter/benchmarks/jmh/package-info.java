/**
 * Micro-benchmarks of the pieces: checking a key, editing a body, recalling.
 */
@NullMarked
package io.memoryrouter.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
