package io.memoryrouter.gateway.key;

import java.util.List;

import io.memoryrouter.gateway.support.StagedFilter;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code MemoryKey} in a route: the request has to present a valid Memory Key, which goes
 * no further.
 */
public final class MemoryKeyGatewayFilterFactory
		extends AbstractGatewayFilterFactory<MemoryKeyGatewayFilterFactory.Config> {

	private final MemoryKeyFilters filters;

	public MemoryKeyGatewayFilterFactory(MemoryKeyFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("required");
	}

	@Override
	public GatewayFilter apply(Config config) {
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("required", config.isRequired())
			.toString();
		return new StagedFilter(this.filters.parts(config.isRequired()), description);
	}

	/** The settings of a route. */
	public static class Config {

		private boolean required = true;

		public boolean isRequired() {
			return this.required;
		}

		/**
		 * Whether a request without a Memory Key is refused; if not, it goes on without
		 * memory. Default {@code true}.
		 * @param required whether
		 */
		public void setRequired(boolean required) {
			this.required = required;
		}

	}

}
