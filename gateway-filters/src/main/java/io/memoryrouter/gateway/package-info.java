/**
 * Memory for the routes of a Spring Cloud Gateway: the one filter that does it all.
 */
@NullMarked
package io.memoryrouter.gateway;

import org.jspecify.annotations.NullMarked;
