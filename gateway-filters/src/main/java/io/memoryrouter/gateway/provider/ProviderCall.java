package io.memoryrouter.gateway.provider;

import io.memoryrouter.gateway.support.ExchangeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is sent.
 *
 * @param provider the provider's name, or the route's id if it goes to the route's own
 * address
 * @param model the model as the provider knows it, or {@code null} if the request names
 * none
 */
public record ProviderCall(String provider, @Nullable String model) {

	/** Where it stands on the exchange. */
	public static final ExchangeAttribute<ProviderCall> ATTRIBUTE = ExchangeAttribute.of(ProviderCall.class);

}
