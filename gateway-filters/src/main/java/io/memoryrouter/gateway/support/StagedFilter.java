package io.memoryrouter.gateway.support;

import java.util.EnumMap;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a filter of this product is in a route: it leaves its parts on the exchange, each
 * to be run at its own place in the chain by a {@link StageRunner}. The gateway gives a
 * route filter one place only, and memory has several: before rate limiters, around the
 * response, and after the route's address is known.
 */
public final class StagedFilter implements GatewayFilter, Ordered {

	private static final ExchangeAttribute<Stages> STAGES = ExchangeAttribute.of(Stages.class);

	private final Map<FilterStage, GatewayFilter> parts;

	private final String description;

	/**
	 * Makes a filter of parts.
	 * @param parts what runs at which stage
	 * @param description what {@link #toString()} answers: the filter and its settings
	 */
	public StagedFilter(Map<FilterStage, GatewayFilter> parts, String description) {
		this.parts = Map.copyOf(parts);
		this.description = description;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Stages stages = STAGES.get(exchange);
		if (stages == null) {
			stages = new Stages();
			STAGES.set(exchange, stages);
			MemoryReport.of(exchange);
		}
		stages.filters.putAll(this.parts);
		return chain.filter(exchange);
	}

	/**
	 * Whether a filter of this product is in the route.
	 * @param exchange the exchange
	 * @return whether the exchange carries anything
	 */
	public static boolean isPresent(ServerWebExchange exchange) {
		return STAGES.get(exchange) != null;
	}

	static GatewayFilter find(ServerWebExchange exchange, FilterStage stage) {
		Stages stages = STAGES.get(exchange);
		GatewayFilter filter = (stages != null) ? stages.filters.get(stage) : null;
		return (filter != null) ? filter : Stages.PASS;
	}

	@Override
	public int getOrder() {
		return FilterStage.ENTRY.getOrder();
	}

	@Override
	public String toString() {
		return this.description;
	}

	/**
	 * The parts that an exchange carries; of two filters that bring the same part, the
	 * later one's is run.
	 */
	private static final class Stages {

		static final GatewayFilter PASS = (exchange, chain) -> chain.filter(exchange);

		private final Map<FilterStage, GatewayFilter> filters = new EnumMap<>(FilterStage.class);

	}

}
