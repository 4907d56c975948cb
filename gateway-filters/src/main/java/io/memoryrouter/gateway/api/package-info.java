/**
 * This product's own endpoints for the bearer of a Memory Key: what is known of a vault.
 */
@NullMarked
package io.memoryrouter.gateway.api;

import org.jspecify.annotations.NullMarked;
