package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.IngestEndpoint;
import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.PrepareEndpoint;
import io.memoryrouter.gateway.api.ReceiptEndpoints;
import io.memoryrouter.gateway.api.UnknownEndpoints;
import io.memoryrouter.gateway.context.ContextPreparer;
import io.memoryrouter.gateway.context.ContextRecaller;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.gateway.limit.EndpointRateLimit;
import io.memoryrouter.gateway.receipt.ReceiptArchive;
import io.memoryrouter.gateway.request.ChatRequestReader;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.usage.RequestUsages;
import io.memoryrouter.gateway.usage.UsageHandlerFilter;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.receipt.ReceiptStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/**
 * Auto-configuration of the endpoints for the bearers of Memory Keys.
 * {@code memoryrouter.api.memory.enabled} turns them off, for a gateway that only
 * proxies.
 */
@AutoConfiguration(after = MemoryGatewayAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "memoryrouter.api.memory.enabled", matchIfMissing = true)
@ConditionalOnBean({ KeyContextResolver.class, ServerMemoryKeyFailureHandler.class })
@EnableConfigurationProperties(RateLimitProperties.class)
@Import(MemoryManagementConfiguration.class)
public final class MemoryApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("memoryrouter.rate-limit.replenish-rate")
	EndpointRateLimit memoryEndpointRateLimit(RateLimiter<?> limiter, KeyResolver keys, RateLimitProperties properties,
			GatewayMeters meters) {
		return new EndpointRateLimit(limiter, keys, properties.toSettings(), meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryKeyHandlerFilter memoryKeyHandlerFilter(KeyContextResolver keys, ServerMemoryKeyFailureHandler failureHandler,
			ObjectProvider<EndpointRateLimit> limit) {
		return new MemoryKeyHandlerFilter(keys, failureHandler, limit.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(ReceiptStore.class)
	@ConditionalOnMissingBean
	ReceiptEndpoints memoryReceiptEndpoints(ReceiptStore store) {
		return new ReceiptEndpoints(store);
	}

	@Bean
	@ConditionalOnBean(ReceiptEndpoints.class)
	RouterFunction<ServerResponse> memoryReceiptRoutes(ReceiptEndpoints receipts, MemoryKeyHandlerFilter keys) {
		return receipts.routes().filter(keys);
	}

	@Bean
	@ConditionalOnBean(ContextRecaller.class)
	@ConditionalOnMissingBean
	ContextPreparer memoryContextPreparer(ContextRecaller recaller, MemoryGatewayProperties properties,
			ObjectProvider<ReceiptArchive> receipts, GatewayMeters meters) {
		return new ContextPreparer(recaller, properties.context().toSettings(), receipts.getIfAvailable(), meters);
	}

	@Bean
	@ConditionalOnBean(ContextPreparer.class)
	@ConditionalOnMissingBean
	PrepareEndpoint memoryPrepareEndpoint(ChatRequestReader reader, ContextPreparer preparer) {
		return new PrepareEndpoint(reader, preparer);
	}

	@Bean
	@ConditionalOnBean(PrepareEndpoint.class)
	RouterFunction<ServerResponse> memoryPrepareRoutes(PrepareEndpoint prepare, RequestUsages usages,
			MemoryKeyHandlerFilter keys) {
		return prepare.routes().filter(new UsageHandlerFilter(usages, true)).filter(keys);
	}

	@Bean
	@ConditionalOnBean({ ContextPreparer.class, MemoryIngestor.class })
	@ConditionalOnMissingBean
	IngestEndpoint memoryIngestEndpoint(ChatRequestReader reader, ContextPreparer preparer, MemoryIngestor ingestor,
			ObjectProvider<IdempotencyStore> idempotency, GatewayMeters meters) {
		return new IngestEndpoint(reader, preparer, ingestor, idempotency.getIfAvailable(), meters);
	}

	@Bean
	@ConditionalOnBean(IngestEndpoint.class)
	RouterFunction<ServerResponse> memoryIngestRoutes(IngestEndpoint ingest, RequestUsages usages,
			MemoryKeyHandlerFilter keys) {
		return ingest.routes().filter(new UsageHandlerFilter(usages, true)).filter(keys);
	}

	@Bean
	@ConditionalOnMissingBean(name = "unknownMemoryEndpointMapping")
	RouterFunctionMapping unknownMemoryEndpointMapping() {
		return UnknownEndpoints.under("/v1/memory");
	}

}
