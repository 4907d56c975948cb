/**
 * What requests use, counted for the keys that they come with, in the memory of the
 * process.
 */
@NullMarked
package io.memoryrouter.gateway.usage;

import org.jspecify.annotations.NullMarked;
