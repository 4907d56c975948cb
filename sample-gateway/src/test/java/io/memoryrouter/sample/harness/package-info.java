/**
 * Starts the application as a process of its own, as its users do.
 */
@NullMarked
package io.memoryrouter.sample.harness;

import org.jspecify.annotations.NullMarked;
