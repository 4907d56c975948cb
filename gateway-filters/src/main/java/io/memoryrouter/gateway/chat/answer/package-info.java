/**
 * An answer, read along while it streams to the client: what all dialects have in common
 * of it. A dialect says what one document, or one event, tells.
 */
@NullMarked
package io.memoryrouter.gateway.chat.answer;

import org.jspecify.annotations.NullMarked;
