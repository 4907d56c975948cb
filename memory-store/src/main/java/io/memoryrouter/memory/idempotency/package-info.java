/**
 * Records of the requests that came with an idempotency key, so that one which is sent
 * again gets the answer that it got.
 */
@NullMarked
package io.memoryrouter.memory.idempotency;

import org.jspecify.annotations.NullMarked;
