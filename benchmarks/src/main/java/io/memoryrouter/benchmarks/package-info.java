/**
 * The command line of the measurements.
 */
@NullMarked
package io.memoryrouter.benchmarks;

import org.jspecify.annotations.NullMarked;
