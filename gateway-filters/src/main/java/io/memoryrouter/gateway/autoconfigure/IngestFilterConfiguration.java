package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.ingest.ExchangeArchive;
import io.memoryrouter.gateway.ingest.MemoryIngestFilters;
import io.memoryrouter.gateway.ingest.MemoryIngestGatewayFilterFactory;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.memory.MemoryIngestor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@code MemoryIngest}.
 */
@Configuration(proxyBeanMethods = false)
class IngestFilterConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ExchangeArchive memoryExchangeArchive(MemoryIngestor ingestor, MemoryGatewayProperties properties,
			GatewayMeters meters) {
		return new ExchangeArchive(ingestor, properties.ingest().toSettings(), meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryIngestFilters memoryIngestFilters(ExchangeArchive archive, MemoryGatewayProperties properties,
			ChatRequestFilter requests) {
		return new MemoryIngestFilters(archive, properties.ingest().toSettings(), requests);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryIngestGatewayFilterFactory memoryIngestGatewayFilterFactory(MemoryIngestFilters filters) {
		return new MemoryIngestGatewayFilterFactory(filters);
	}

}
