/**
 * A request's body, scanned once and edited byte by byte: what all dialects have in
 * common of it. A dialect says where its messages, texts and instructions stand.
 */
@NullMarked
package io.memoryrouter.gateway.chat.body;

import org.jspecify.annotations.NullMarked;
