package io.memoryrouter.gateway.context;

import io.memoryrouter.gateway.context.PromptContext.Injection;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.OutgoingBody;
import io.memoryrouter.gateway.support.ApiErrors;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * Puts memories into a request:
 * <ol>
 * <li>A request that is not read, has no key, or is not to recall goes on as it is.</li>
 * <li>Else memories are recalled, once: a request that is sent again carries the
 * same.</li>
 * <li>If memory failed and the route says so, the request is refused.</li>
 * <li>What was found is put into the body, and what earlier messages were given with it,
 * unless the request only wants to know.</li>
 * <li>A receipt is issued, unless memory has nothing to do with the request.</li>
 * </ol>
 */
final class MemoryContextFilter implements GatewayFilter {

	private final ContextRecaller recaller;

	private final ContextSettings settings;

	private final ContextReports reports;

	MemoryContextFilter(ContextRecaller recaller, ContextSettings settings, ContextReports reports) {
		this.recaller = recaller;
		this.settings = settings;
		this.reports = reports;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ChatCall call = ChatCall.ATTRIBUTE.get(exchange);
		if (call == null) {
			return chain.filter(exchange);
		}
		KeyContext key = call.key();
		if (key == null || !call.plan().recalls()) {
			this.reports.off(exchange, call);
			return chain.filter(exchange);
		}
		long start = System.nanoTime();
		return context(exchange, call, key).flatMap((context) -> forward(exchange, chain, call, context, start));
	}

	private Mono<PromptContext> context(ServerWebExchange exchange, ChatCall call, KeyContext key) {
		PromptContext known = PromptContext.ATTRIBUTE.get(exchange);
		if (known != null) {
			return Mono.just(known);
		}
		return this.recaller.recall(call, key, this.settings)
			.doOnNext((context) -> PromptContext.ATTRIBUTE.set(exchange, context));
	}

	private Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, ChatCall call,
			PromptContext context, long start) {
		Recollection recollection = context.recollection();
		boolean refused = recollection.isFailure() && this.settings.onFailure() == FailurePolicy.REJECT;
		boolean injects = call.plan().injects() && !refused;
		Injection injection = injects ? context.inject(call.request(), this.settings.placement()) : Injection.NONE;
		if (injects) {
			this.recaller.note(call, context.earlier(), injection.given());
		}
		this.reports.recalled(exchange, call, recollection, injection.tokens(), start);
		if (refused) {
			return ApiErrors.end(exchange, ContextReports.unavailable());
		}
		return chain.filter(injection.edits().isEmpty() ? exchange
				: OutgoingBody.change(exchange, (body) -> body.withBlocks(injection.edits())));
	}

	@Override
	public String toString() {
		return "MemoryContextFilter[" + this.settings + "]";
	}

}
