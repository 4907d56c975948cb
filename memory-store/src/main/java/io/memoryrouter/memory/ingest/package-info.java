/**
 * The durable way into a vault: what was said is cleaned, stored, and embedded in the
 * background, where the store itself is the list of what is still to be done.
 */
@NullMarked
package io.memoryrouter.memory.ingest;

import org.jspecify.annotations.NullMarked;
