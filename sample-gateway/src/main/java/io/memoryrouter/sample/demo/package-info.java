/**
 * The offline provider {@code demo/echo}: an HTTP server inside the process that takes
 * the place of a model, so that the gateway can be tried without anybody's key.
 */
@NullMarked
package io.memoryrouter.sample.demo;

import org.jspecify.annotations.NullMarked;
