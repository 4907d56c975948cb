/**
 * The management of a vault by the bearer of one of its Memory Keys: reading, correcting,
 * moving and erasing what is remembered.
 */
@NullMarked
package io.memoryrouter.gateway.api.memories;

import org.jspecify.annotations.NullMarked;
