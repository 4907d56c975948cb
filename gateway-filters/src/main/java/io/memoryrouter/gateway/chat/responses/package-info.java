/**
 * OpenAI Responses: where a request has its input and its instructions, what an answer
 * says.
 */
@NullMarked
package io.memoryrouter.gateway.chat.responses;

import org.jspecify.annotations.NullMarked;
