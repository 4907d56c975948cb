package io.memoryrouter.gateway.context;

import java.util.Map;

import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.FilterStage;
import io.memoryrouter.gateway.support.GatewayMeters;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Makes the parts of the {@code MemoryContext} filter.
 */
public final class MemoryContextFilters {

	private final ContextRecaller recaller;

	private final ContextSettings defaults;

	private final ChatRequestFilter requests;

	private final ContextReports reports;

	/**
	 * Takes what the filters work with.
	 * @param recaller recalls memories
	 * @param defaults the settings of a route that has none of its own
	 * @param requests reads the request
	 * @param receipts saves receipts, or {@code null} if there are to be none
	 * @param meters measures what is added
	 */
	public MemoryContextFilters(ContextRecaller recaller, ContextSettings defaults, ChatRequestFilter requests,
			@Nullable ReceiptArchive receipts, GatewayMeters meters) {
		this.recaller = recaller;
		this.defaults = defaults;
		this.requests = requests;
		this.reports = new ContextReports(receipts, meters);
	}

	/**
	 * The parts for a route.
	 * @param config what the route says
	 * @return what runs at which stage
	 */
	public Map<FilterStage, GatewayFilter> parts(MemoryContextGatewayFilterFactory.Config config) {
		return Map.of(FilterStage.READ, this.requests, FilterStage.CONTEXT,
				new MemoryContextFilter(this.recaller, config.over(this.defaults), this.reports));
	}

}
