package io.memoryrouter.gateway.context;

import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.gateway.support.MemoryReport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Recalls memories for a request whose model is called by somebody else. What it finds,
 * and the block that carries it, is what the {@code MemoryContext} filter would put into
 * the same request; what earlier messages were given is theirs who keep the conversation.
 */
public final class ContextPreparer {

	private final ContextRecaller recaller;

	private final ContextSettings settings;

	private final ContextReports reports;

	/**
	 * Makes a preparer.
	 * @param recaller recalls memories; the one of the filters, so that both share what
	 * it remembers
	 * @param settings how much is recalled, and how long it may take
	 * @param receipts saves receipts, or {@code null} if there are to be none
	 * @param meters measures what is added
	 */
	public ContextPreparer(ContextRecaller recaller, ContextSettings settings, @Nullable ReceiptArchive receipts,
			GatewayMeters meters) {
		this.recaller = recaller;
		this.settings = settings;
		this.reports = new ContextReports(receipts, meters);
	}

	/**
	 * Recalls, unless the request's plan says not to, and tells of it in the answer's
	 * head and in a receipt.
	 * @param exchange the exchange
	 * @param call the request
	 * @param maxTokens the greatest size of the memories' texts, in tokens, or
	 * {@code null} for the configured one
	 * @return what was recalled. An {@link ApiException} error of status 503 if memory
	 * failed and the settings say that it is not to go on without
	 */
	public Mono<Recollection> prepare(ServerWebExchange exchange, ChatCall call, @Nullable Integer maxTokens) {
		KeyContext key = call.key();
		if (key == null || !call.plan().recalls()) {
			off(exchange, call);
			return Mono.just(Recollection.none(MemoryOutcome.OFF));
		}
		tellRequest(exchange, call);
		long start = System.nanoTime();
		int tokens = (maxTokens != null) ? maxTokens : this.settings.maxTokens();
		return this.recaller.recall(call, key, this.settings.forOneQuestion(tokens))
			.map(PromptContext::recollection)
			.doOnNext((recollection) -> {
				int given = call.plan().injects() ? recollection.tokens() : 0;
				this.reports.recalled(exchange, call, recollection, given, start);
			})
			.flatMap(this::orRefused);
	}

	/**
	 * Tells in the answer's head that nothing was to be recalled for a request.
	 * @param exchange the exchange
	 * @param call the request
	 */
	public void off(ServerWebExchange exchange, ChatCall call) {
		tellRequest(exchange, call);
		this.reports.off(exchange, call);
	}

	private static void tellRequest(ServerWebExchange exchange, ChatCall call) {
		MemoryReport report = MemoryReport.of(exchange);
		report.mode(call.plan().mode());
		report.session(call.controls().session());
	}

	private Mono<Recollection> orRefused(Recollection recollection) {
		boolean refused = recollection.isFailure() && this.settings.onFailure() == FailurePolicy.REJECT;
		return refused ? Mono.error(ContextReports.unavailable()) : Mono.just(recollection);
	}

}
