/**
 * Sets the filters up in any Spring Cloud Gateway.
 */
@NullMarked
package io.memoryrouter.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
