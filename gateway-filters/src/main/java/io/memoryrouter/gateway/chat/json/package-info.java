/**
 * JSON as bytes: where its values lie, and how text is written into it, so that a body
 * can be edited without being rebuilt.
 */
@NullMarked
package io.memoryrouter.gateway.chat.json;

import org.jspecify.annotations.NullMarked;
