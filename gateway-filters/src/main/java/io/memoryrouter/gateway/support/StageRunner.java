package io.memoryrouter.gateway.support;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Runs what a {@link StagedFilter} left on the exchange for one stage. On the routes that
 * have none of this product's filters it does nothing at all.
 */
public final class StageRunner implements GlobalFilter, Ordered {

	private final FilterStage stage;

	public StageRunner(FilterStage stage) {
		this.stage = stage;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return StagedFilter.find(exchange, this.stage).filter(exchange, chain);
	}

	@Override
	public int getOrder() {
		return this.stage.getOrder();
	}

	@Override
	public String toString() {
		return "StageRunner[" + this.stage + "]";
	}

}
