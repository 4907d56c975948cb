/**
 * Receipts of requests: made on the way to the provider, and saved beside it.
 */
@NullMarked
package io.memoryrouter.gateway.receipt;

import org.jspecify.annotations.NullMarked;
