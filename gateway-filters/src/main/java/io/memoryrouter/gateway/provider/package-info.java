/**
 * The {@code ProviderKey} filter: which provider a request goes to, at which address, and
 * with whose key.
 */
@NullMarked
package io.memoryrouter.gateway.provider;

import org.jspecify.annotations.NullMarked;
