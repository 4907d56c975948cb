package io.memoryrouter.gateway.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.context.MemoryContextFilters;
import io.memoryrouter.gateway.context.MemoryContextGatewayFilterFactory;
import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.receipt.ReceiptStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@code MemoryContext}.
 */
@Configuration(proxyBeanMethods = false)
class ContextFilterConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ContextRecaller memoryContextRecaller(MemoryRetriever retriever, MemoryGatewayProperties properties,
			GatewayMeters meters) {
		return new ContextRecaller(retriever, breaker(properties.context().breaker()),
				properties.context().memo().toSettings(), meters);
	}

	private static CircuitBreaker breaker(MemoryGatewayProperties.Breaker properties) {
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.slidingWindowSize(properties.window())
			.minimumNumberOfCalls(properties.window())
			.failureRateThreshold(properties.failureRate())
			.waitDurationInOpenState(properties.pause())
			.build();
		return CircuitBreaker.of("memory-recall", config);
	}

	@Bean
	@ConditionalOnBean(ReceiptStore.class)
	@ConditionalOnMissingBean
	ReceiptArchive memoryReceiptArchive(ReceiptStore store, GatewayMeters meters) {
		return new ReceiptArchive(store, meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryContextFilters memoryContextFilters(ContextRecaller recaller, MemoryGatewayProperties properties,
			ChatRequestFilter requests, ObjectProvider<ReceiptArchive> receipts, GatewayMeters meters) {
		return new MemoryContextFilters(recaller, properties.context().toSettings(), requests,
				receipts.getIfAvailable(), meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryContextGatewayFilterFactory memoryContextGatewayFilterFactory(MemoryContextFilters filters) {
		return new MemoryContextGatewayFilterFactory(filters);
	}

}
