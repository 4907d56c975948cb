/**
 * The ways in which model providers speak, and the editing of their requests byte by
 * byte.
 */
@NullMarked
package io.memoryrouter.gateway.chat;

import org.jspecify.annotations.NullMarked;
