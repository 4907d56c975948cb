package io.memoryrouter.gateway.context;

import io.memoryrouter.gateway.context.PromptContext.Injection;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.OutgoingBody;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.gateway.support.MemoryReport;
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

	private final RequestReceipts receipts;

	private final GatewayMeters meters;

	MemoryContextFilter(ContextRecaller recaller, ContextSettings settings, RequestReceipts receipts,
			GatewayMeters meters) {
		this.recaller = recaller;
		this.settings = settings;
		this.receipts = receipts;
		this.meters = meters;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ChatCall call = ChatCall.ATTRIBUTE.get(exchange);
		if (call == null) {
			return chain.filter(exchange);
		}
		KeyContext key = call.key();
		if (key == null || !call.plan().recalls()) {
			MemoryReport.of(exchange).outcome(MemoryOutcome.OFF);
			this.meters.overhead(MemoryReport.of(exchange).overhead());
			this.receipts.issue(exchange, call, Recollection.none(MemoryOutcome.OFF), 0);
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
		report(exchange, recollection, injection.tokens(), start);
		this.receipts.issue(exchange, call, recollection, injection.tokens());
		if (refused) {
			return ApiErrors.end(exchange, unavailable());
		}
		return chain.filter(injection.edits().isEmpty() ? exchange
				: OutgoingBody.change(exchange, (body) -> body.withBlocks(injection.edits())));
	}

	private void report(ServerWebExchange exchange, Recollection recollection, int tokensInjected, long start) {
		MemoryReport report = MemoryReport.of(exchange);
		report.recalled(recollection.outcome(), recollection.memories().size(), recollection.embedding(),
				recollection.retrieval());
		report.injected(tokensInjected);
		report.workedSince(start);
		this.meters.overhead(report.overhead());
	}

	private static ApiException unavailable() {
		return ApiException.unavailable("memory_unavailable",
				"Memory cannot be recalled at the moment, and this route does not go on without it. Try again", null);
	}

	@Override
	public String toString() {
		return "MemoryContextFilter[" + this.settings + "]";
	}

}
