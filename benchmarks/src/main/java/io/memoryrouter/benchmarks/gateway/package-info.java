/**
 * Measurements against the real {@code sample-gateway}, started as a process of its own.
 */
@NullMarked
package io.memoryrouter.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
