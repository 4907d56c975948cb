/**
 * Rate limits by Memory Key: what the gateway's own filter {@code RequestRateLimiter}
 * counts by and with, how its refusals are answered, and the same limit for the endpoints
 * that are no routes.
 */
@NullMarked
package io.memoryrouter.gateway.limit;

import org.jspecify.annotations.NullMarked;
