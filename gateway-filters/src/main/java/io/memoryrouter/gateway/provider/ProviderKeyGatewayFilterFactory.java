package io.memoryrouter.gateway.provider;

import java.util.List;

import io.memoryrouter.gateway.support.StagedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code ProviderKey} in a route: the request goes to the provider that its model names,
 * with the provider's key.
 */
public final class ProviderKeyGatewayFilterFactory
		extends AbstractGatewayFilterFactory<ProviderKeyGatewayFilterFactory.Config> {

	private final ProviderKeyFilters filters;

	public ProviderKeyGatewayFilterFactory(ProviderKeyFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("provider");
	}

	@Override
	public GatewayFilter apply(Config config) {
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("provider", config.getProvider())
			.toString();
		return new StagedFilter(this.filters.parts(config.getProvider()), description);
	}

	/** The settings of a route. */
	public static class Config {

		private @Nullable String provider;

		public @Nullable String getProvider() {
			return this.provider;
		}

		/**
		 * The provider of requests that name none: a name of
		 * {@code memoryrouter.providers}. Default: the route's own address, if it has
		 * one.
		 * @param provider the name
		 */
		public void setProvider(@Nullable String provider) {
			this.provider = provider;
		}

	}

}
