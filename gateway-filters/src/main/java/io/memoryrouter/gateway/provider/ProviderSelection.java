package io.memoryrouter.gateway.provider;

import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param provider the provider, or {@code null} if it goes to the route's own address
 * @param model the model to name, or {@code null} to leave what the request says
 */
record ProviderSelection(@Nullable Provider provider, @Nullable String model) {

	static final ProviderSelection ROUTE = new ProviderSelection(null, null);

}
