/**
 * The block of memories in a request: how it is written, so that nothing in a memory can
 * pass for an instruction, and how it is known again where it comes back.
 */
@NullMarked
package io.memoryrouter.gateway.context.block;

import org.jspecify.annotations.NullMarked;
