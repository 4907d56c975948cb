/**
 * Administration over HTTP, for the bearer of the administrator's token.
 */
@NullMarked
package io.memoryrouter.gateway.admin;

import org.jspecify.annotations.NullMarked;
