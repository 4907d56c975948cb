/**
 * The {@code MemoryKey} filter: finds the Memory Key of a request, checks it, and keeps
 * it from everyone behind the gateway.
 */
@NullMarked
package io.memoryrouter.gateway.key;

import org.jspecify.annotations.NullMarked;
