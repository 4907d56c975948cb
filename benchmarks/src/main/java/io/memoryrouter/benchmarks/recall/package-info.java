/**
 * How long a recall takes.
 */
@NullMarked
package io.memoryrouter.benchmarks.recall;

import org.jspecify.annotations.NullMarked;
