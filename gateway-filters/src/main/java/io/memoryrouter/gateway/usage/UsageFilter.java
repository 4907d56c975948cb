package io.memoryrouter.gateway.usage;

import io.memoryrouter.gateway.provider.ProviderCall;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.FilterStage;
import io.memoryrouter.gateway.support.MemoryReport;
import io.memoryrouter.gateway.support.StagedFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Counts a request that comes with a key, on its way to the provider: whatever the
 * provider answers, and once, however often it is sent again. What came before, a refusal
 * for instance, is not counted. Its tokens and memories are counted where its answer is
 * read along.
 */
public final class UsageFilter implements GlobalFilter, Ordered {

	private final RequestUsages usages;

	/**
	 * Makes the filter.
	 * @param usages counts
	 */
	public UsageFilter(RequestUsages usages) {
		this.usages = usages;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		KeyContext key = KeyContext.ATTRIBUTE.get(exchange);
		if (key != null && StagedFilter.isPresent(exchange) && RequestUsage.ATTRIBUTE.get(exchange) == null) {
			this.usages.begin(exchange, key.key(), provider(exchange), model(exchange))
				.requested(MemoryReport.of(exchange).tokensInjected());
		}
		return chain.filter(exchange);
	}

	private static @Nullable String provider(ServerWebExchange exchange) {
		ProviderCall call = ProviderCall.ATTRIBUTE.get(exchange);
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return (call != null) ? call.provider() : (route != null) ? route.getId() : null;
	}

	private static @Nullable String model(ServerWebExchange exchange) {
		ProviderCall call = ProviderCall.ATTRIBUTE.get(exchange);
		ChatCall chat = ChatCall.ATTRIBUTE.get(exchange);
		return (call != null) ? call.model() : (chat != null) ? chat.request().model() : null;
	}

	@Override
	public int getOrder() {
		return FilterStage.USAGE.getOrder();
	}

}
