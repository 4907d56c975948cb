/**
 * Reads a request once: whose it is, what it says, what it asks of memory, and what is to
 * go out in its place.
 */
@NullMarked
package io.memoryrouter.gateway.request;

import org.jspecify.annotations.NullMarked;
