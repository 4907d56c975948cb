/**
 * Anthropic Messages: where a request has its messages and its instructions, what an
 * answer says.
 */
@NullMarked
package io.memoryrouter.gateway.chat.anthropic;

import org.jspecify.annotations.NullMarked;
