package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.List;

import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.support.StagedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code MemoryContext} in a route: what the vault knows about the question is put into
 * the request. It works together with {@code MemoryKey}.
 */
public final class MemoryContextGatewayFilterFactory
		extends AbstractGatewayFilterFactory<MemoryContextGatewayFilterFactory.Config> {

	private final MemoryContextFilters filters;

	public MemoryContextGatewayFilterFactory(MemoryContextFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("limit", "maxTokens", "deadline", "placement", "onMemoryFailure", "sticky");
	}

	@Override
	public GatewayFilter apply(Config config) {
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("limit", config.limit)
			.append("maxTokens", config.maxTokens)
			.append("deadline", config.deadline)
			.append("placement", config.placement)
			.append("onMemoryFailure", config.onMemoryFailure)
			.append("sticky", config.sticky)
			.toString();
		return new StagedFilter(this.filters.parts(config), description);
	}

	/** The settings of a route; what it leaves out is as configured for all. */
	public static class Config {

		private @Nullable Integer limit;

		private @Nullable Integer maxTokens;

		private @Nullable Duration deadline;

		private @Nullable Placement placement;

		private @Nullable FailurePolicy onMemoryFailure;

		private @Nullable Sticky sticky;

		ContextSettings over(ContextSettings defaults) {
			return new ContextSettings((this.deadline != null) ? this.deadline : defaults.deadline(),
					(this.onMemoryFailure != null) ? this.onMemoryFailure : defaults.onFailure(),
					(this.limit != null) ? this.limit : defaults.limit(),
					(this.maxTokens != null) ? this.maxTokens : defaults.maxTokens(),
					(this.placement != null) ? this.placement : defaults.placement(),
					(this.sticky != null) ? this.sticky : defaults.sticky());
		}

		public @Nullable Integer getLimit() {
			return this.limit;
		}

		/**
		 * The greatest number of memories, 1 to 100, unless the request says otherwise.
		 * @param limit the number
		 */
		public void setLimit(@Nullable Integer limit) {
			this.limit = limit;
		}

		public @Nullable Integer getMaxTokens() {
			return this.maxTokens;
		}

		/**
		 * The greatest size of the memories' texts.
		 * @param maxTokens the size in tokens
		 */
		public void setMaxTokens(@Nullable Integer maxTokens) {
			this.maxTokens = maxTokens;
		}

		public @Nullable Duration getDeadline() {
			return this.deadline;
		}

		/**
		 * How long a recall may take.
		 * @param deadline the time
		 */
		public void setDeadline(@Nullable Duration deadline) {
			this.deadline = deadline;
		}

		public @Nullable Placement getPlacement() {
			return this.placement;
		}

		/**
		 * Where in the request the memories go.
		 * @param placement the place
		 */
		public void setPlacement(@Nullable Placement placement) {
			this.placement = placement;
		}

		public @Nullable FailurePolicy getOnMemoryFailure() {
			return this.onMemoryFailure;
		}

		/**
		 * What becomes of a request when memory fails it.
		 * @param onMemoryFailure {@code continue} or {@code reject}
		 */
		public void setOnMemoryFailure(@Nullable FailurePolicy onMemoryFailure) {
			this.onMemoryFailure = onMemoryFailure;
		}

		public @Nullable Sticky getSticky() {
			return this.sticky;
		}

		/**
		 * For how long a message keeps the block of memories that it was given.
		 * @param sticky {@code turn} or {@code session}
		 */
		public void setSticky(@Nullable Sticky sticky) {
			this.sticky = sticky;
		}

	}

}
