package io.memoryrouter.gateway.context;

import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.gateway.support.MemoryReport;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Tells what recalling came to: in the answer's head, in the meters, in a receipt.
 */
final class ContextReports {

	private final RequestReceipts receipts;

	private final GatewayMeters meters;

	ContextReports(@Nullable ReceiptArchive receipts, GatewayMeters meters) {
		this.receipts = new RequestReceipts(receipts);
		this.meters = meters;
	}

	/**
	 * Tells that nothing was to be recalled.
	 * @param exchange the exchange
	 * @param call the request
	 */
	void off(ServerWebExchange exchange, ChatCall call) {
		MemoryReport report = MemoryReport.of(exchange);
		report.outcome(MemoryOutcome.OFF);
		this.meters.overhead(report.overhead());
		this.receipts.issue(exchange, call, Recollection.none(MemoryOutcome.OFF), 0);
	}

	/**
	 * Tells what was recalled.
	 * @param exchange the exchange
	 * @param call the request
	 * @param recollection what was recalled
	 * @param tokensInjected the size of all memories that the request is given
	 * @param start when recalling began, by {@link System#nanoTime()}
	 */
	void recalled(ServerWebExchange exchange, ChatCall call, Recollection recollection, int tokensInjected,
			long start) {
		MemoryReport report = MemoryReport.of(exchange);
		report.recalled(recollection.outcome(), recollection.memories().size(), recollection.embedding(),
				recollection.retrieval());
		report.injected(tokensInjected);
		report.workedSince(start);
		this.meters.overhead(report.overhead());
		this.receipts.issue(exchange, call, recollection, tokensInjected);
	}

	/**
	 * What a request is told that is not to go on without memory.
	 * @return an error of status 503
	 */
	static ApiException unavailable() {
		return ApiException.unavailable("memory_unavailable",
				"Memory cannot be recalled at the moment, and this route does not go on without it. Try again", null);
	}

}
