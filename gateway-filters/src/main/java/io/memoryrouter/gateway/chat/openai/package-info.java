/**
 * OpenAI Chat Completions: where a request has its messages, what an answer says.
 */
@NullMarked
package io.memoryrouter.gateway.chat.openai;

import org.jspecify.annotations.NullMarked;
