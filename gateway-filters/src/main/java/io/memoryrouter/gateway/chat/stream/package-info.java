/**
 * Answers as they stream by: decompression, server-sent events and bounded capture, all
 * incremental and with bounded memory.
 */
@NullMarked
package io.memoryrouter.gateway.chat.stream;

import org.jspecify.annotations.NullMarked;
