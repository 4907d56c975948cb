/**
 * Memories in and out as JSON lines: what an export writes, an upload takes back.
 */
@NullMarked
package io.memoryrouter.gateway.api.memories.transfer;

import org.jspecify.annotations.NullMarked;
