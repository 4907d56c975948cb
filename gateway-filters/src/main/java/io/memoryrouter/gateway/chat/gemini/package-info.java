/**
 * Google Gemini: where the model stands in a path, where a request has its contents, what
 * an answer says.
 */
@NullMarked
package io.memoryrouter.gateway.chat.gemini;

import org.jspecify.annotations.NullMarked;
