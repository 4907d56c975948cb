package io.memoryrouter.gateway.support;

import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;

/**
 * The places of this product's filters in the gateway's chain, beside the gateway's own.
 * A route's other filters have the orders 1, 2, 3, … unless they say otherwise.
 */
public enum FilterStage implements Ordered {

	/** The route leaves its filters on the exchange. */
	ENTRY(-1020),

	/** Faults of what follows become answers. */
	ERRORS(-1010),

	/** What a rate limiter of the route refuses becomes an answer. */
	LIMIT(-1005),

	/** The Memory Key is checked: before rate limiters, so that they can count by it. */
	KEY(-1000),

	/**
	 * The answer is read along. The gateway writes it at −1: what wraps the response has
	 * to come before.
	 */
	CAPTURE(NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1),

	/**
	 * The request is read: after rate limiters, so that a refused request costs no
	 * buffer, and after the filters that rewrite its path.
	 */
	READ(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 10),

	/** The provider is chosen: before the load balancer, at 10150. */
	PROVIDER(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 20),

	/** Memories are put in. */
	CONTEXT(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 30),

	/** The request is counted: provider and model are known, and what was put in. */
	USAGE(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 35),

	/** The provider is asked for an answer that can be read along. */
	NEGOTIATE(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 40);

	private final int order;

	FilterStage(int order) {
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

}
