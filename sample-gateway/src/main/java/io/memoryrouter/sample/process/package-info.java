/**
 * How the process behaves towards the one who runs it: what it prints when it starts for
 * the first time, how it says that it cannot start, how it stops.
 */
@NullMarked
package io.memoryrouter.sample.process;

import org.jspecify.annotations.NullMarked;
