package io.memoryrouter.gateway.usage;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.MemoryReport;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Counts the use of functional endpoints for the keys that they are called with, behind
 * the filter that checks these. No provider is called there.
 */
public final class UsageHandlerFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private final RequestUsages usages;

	private final boolean calls;

	/**
	 * Makes a filter.
	 * @param usages counts
	 * @param calls whether calls that succeed count as requests; if not, it is only what
	 * they store that counts
	 */
	public UsageHandlerFilter(RequestUsages usages, boolean calls) {
		this.usages = usages;
		this.calls = calls;
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		ServerWebExchange exchange = request.exchange();
		KeyContext key = KeyContext.ATTRIBUTE.get(exchange);
		if (key == null) {
			return next.handle(request);
		}
		RequestUsage usage = this.usages.begin(exchange, key.key(), null, null);
		Mono<ServerResponse> handled = next.handle(request);
		return this.calls ? handled.doOnNext((response) -> count(exchange, usage, response)) : handled;
	}

	private static void count(ServerWebExchange exchange, RequestUsage usage, ServerResponse response) {
		if (response.statusCode().is2xxSuccessful()) {
			usage.requested(MemoryReport.of(exchange).tokensInjected());
		}
	}

}
