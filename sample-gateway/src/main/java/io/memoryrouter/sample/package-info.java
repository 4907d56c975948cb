/**
 * A runnable gateway: {@code application.yml}, and what only a process of its own needs.
 */
@NullMarked
package io.memoryrouter.sample;

import org.jspecify.annotations.NullMarked;
