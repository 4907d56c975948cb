package io.memoryrouter.gateway.ingest;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * Has what was said stored:
 * <ol>
 * <li>The response is wrapped before anything is written to it.</li>
 * <li>When a provider's answer begins, and it is a success and there is something to
 * store, it is read along ({@link AnswerCapture}).</li>
 * <li>An answer that is an error, or never begins, is not stored, nor is its question,
 * unless the route says so.</li>
 * </ol>
 */
final class MemoryIngestFilter implements GatewayFilter {

	private final ExchangeArchive archive;

	private final int maxAnswerSize;

	private final boolean storeOnProviderError;

	MemoryIngestFilter(ExchangeArchive archive, int maxAnswerSize, boolean storeOnProviderError) {
		this.archive = archive;
		this.maxAnswerSize = maxAnswerSize;
		this.storeOnProviderError = storeOnProviderError;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		CapturingResponse response = new CapturingResponse(exchange, this.archive, this.maxAnswerSize,
				this.storeOnProviderError);
		Mono<Void> answered = chain.filter(exchange.mutate().response(response).build());
		return this.storeOnProviderError ? answered.onErrorResume((ex) -> response.storeQuestion().then(Mono.error(ex)))
				: answered;
	}

	@Override
	public String toString() {
		return "MemoryIngestFilter[storeOnProviderError=" + this.storeOnProviderError + "]";
	}

}
