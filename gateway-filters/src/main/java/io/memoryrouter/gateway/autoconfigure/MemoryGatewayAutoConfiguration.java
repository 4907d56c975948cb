package io.memoryrouter.gateway.autoconfigure;

import java.time.Clock;

import io.memoryrouter.gateway.MemoryGatewayFilterFactory;
import io.memoryrouter.gateway.context.MemoryContextFilters;
import io.memoryrouter.gateway.ingest.MemoryIngestFilters;
import io.memoryrouter.gateway.key.MemoryKeyFilters;
import io.memoryrouter.gateway.limit.RateLimitAnswerFilter;
import io.memoryrouter.gateway.provider.ProviderKeyFilters;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.request.ChatRequestReader;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.ProviderFailureFilter;
import io.memoryrouter.gateway.usage.RequestUsages;
import io.memoryrouter.gateway.usage.UsageFilter;
import io.memoryrouter.usage.UsageRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the filters {@code Memory}, {@code MemoryKey},
 * {@code ProviderKey}, {@code MemoryContext} and {@code MemoryIngest}. Routes without one
 * of them are left as they are.
 */
@AutoConfiguration(after = GatewayAutoConfiguration.class,
		afterName = { "io.memoryrouter.memory.autoconfigure.MemoryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(GlobalFilter.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.gateway.server.webflux.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MemoryGatewayProperties.class)
@Import({ StageConfiguration.class, UserTokenConfiguration.class, KeyFilterConfiguration.class,
		ProviderFilterConfiguration.class, ContextFilterConfiguration.class, IngestFilterConfiguration.class })
public final class MemoryGatewayAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GatewayMeters memoryGatewayMeters(ObjectProvider<MeterRegistry> registry) {
		return new GatewayMeters(registry.getIfAvailable(CompositeMeterRegistry::new));
	}

	@Bean
	@ConditionalOnMissingBean
	RequestUsages memoryRequestUsages(ObjectProvider<UsageRecorder> recorder) {
		return new RequestUsages(recorder.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	UsageFilter memoryUsageFilter(RequestUsages usages) {
		return new UsageFilter(usages);
	}

	@Bean
	@ConditionalOnMissingBean
	ChatRequestReader memoryChatRequestReader(MemoryGatewayProperties properties) {
		return new ChatRequestReader(properties.limits().bodySize(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	ChatRequestFilter memoryChatRequestFilter(ChatRequestReader reader) {
		return new ChatRequestFilter(reader);
	}

	@Bean
	@ConditionalOnMissingBean
	ProviderFailureFilter memoryProviderFailureFilter() {
		return new ProviderFailureFilter();
	}

	@Bean
	@ConditionalOnMissingBean
	RateLimitAnswerFilter memoryRateLimitAnswerFilter(GatewayMeters meters) {
		return new RateLimitAnswerFilter(meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryGatewayFilterFactory memoryGatewayFilterFactory(MemoryKeyFilters keys, ProviderKeyFilters providers,
			MemoryContextFilters context, MemoryIngestFilters ingest) {
		return new MemoryGatewayFilterFactory(keys, providers, context, ingest);
	}

}
