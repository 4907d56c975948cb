/**
 * Receipts: what was recalled for one request, kept for a while so that whoever sent the
 * request can look it up.
 */
@NullMarked
package io.memoryrouter.memory.receipt;

import org.jspecify.annotations.NullMarked;
