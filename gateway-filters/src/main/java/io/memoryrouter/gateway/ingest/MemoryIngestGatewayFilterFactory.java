package io.memoryrouter.gateway.ingest;

import java.util.List;

import io.memoryrouter.gateway.support.StagedFilter;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code MemoryIngest} in a route: what was said is stored in the vault. It works
 * together with {@code MemoryKey}.
 */
public final class MemoryIngestGatewayFilterFactory
		extends AbstractGatewayFilterFactory<MemoryIngestGatewayFilterFactory.Config> {

	private final MemoryIngestFilters filters;

	public MemoryIngestGatewayFilterFactory(MemoryIngestFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("storeOnProviderError");
	}

	@Override
	public GatewayFilter apply(Config config) {
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("storeOnProviderError", config.isStoreOnProviderError())
			.toString();
		return new StagedFilter(this.filters.parts(config.isStoreOnProviderError()), description);
	}

	/** The settings of a route. */
	public static class Config {

		private boolean storeOnProviderError;

		public boolean isStoreOnProviderError() {
			return this.storeOnProviderError;
		}

		/**
		 * Whether a user's message is stored that the provider answered with an error, or
		 * not at all. Default {@code false}.
		 * @param storeOnProviderError whether
		 */
		public void setStoreOnProviderError(boolean storeOnProviderError) {
			this.storeOnProviderError = storeOnProviderError;
		}

	}

}
