/**
 * What the filters share: their places in the chain, how they reach the exchange, how
 * they answer errors and what they report.
 */
@NullMarked
package io.memoryrouter.gateway.support;

import org.jspecify.annotations.NullMarked;
