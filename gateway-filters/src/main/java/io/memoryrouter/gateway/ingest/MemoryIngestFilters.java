package io.memoryrouter.gateway.ingest;

import java.util.Map;

import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.FilterStage;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Makes the parts of the {@code MemoryIngest} filter.
 */
public final class MemoryIngestFilters {

	private final ExchangeArchive archive;

	private final int maxAnswerSize;

	private final ChatRequestFilter requests;

	/**
	 * Takes what the filters work with.
	 * @param archive stores exchanges
	 * @param settings how much of an answer is kept
	 * @param requests reads the request
	 */
	public MemoryIngestFilters(ExchangeArchive archive, IngestSettings settings, ChatRequestFilter requests) {
		this.archive = archive;
		this.maxAnswerSize = (int) settings.maxAnswerSize().toBytes();
		this.requests = requests;
	}

	/**
	 * The parts for a route.
	 * @param storeOnProviderError whether a question is stored that gets an error for an
	 * answer, or none
	 * @return what runs at which stage
	 */
	public Map<FilterStage, GatewayFilter> parts(boolean storeOnProviderError) {
		return Map.of(FilterStage.CAPTURE,
				new MemoryIngestFilter(this.archive, this.maxAnswerSize, storeOnProviderError), FilterStage.READ,
				this.requests, FilterStage.NEGOTIATE, new AcceptEncodingFilter());
	}

}
