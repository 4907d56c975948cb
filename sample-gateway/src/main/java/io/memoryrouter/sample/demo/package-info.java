/**
 * The offline provider {@code demo/echo}: an HTTP server inside the process that takes
 * the place of a model, so that the gateway can be tried without anybody's key, in every
 * dialect: one idea of a question and its answer, and a small reader and writer for each.
 */
@NullMarked
package io.memoryrouter.sample.demo;

import org.jspecify.annotations.NullMarked;
