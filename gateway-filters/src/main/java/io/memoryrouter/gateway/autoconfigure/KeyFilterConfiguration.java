package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.key.ApiErrorMemoryKeyFailureHandler;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.MemoryKeyFilters;
import io.memoryrouter.gateway.key.MemoryKeyGatewayFilterFactory;
import io.memoryrouter.gateway.key.QueryKeyDecoratorFactory;
import io.memoryrouter.gateway.key.RequestMemoryKeyConverter;
import io.memoryrouter.gateway.key.ServerMemoryKeyAuthenticator;
import io.memoryrouter.gateway.key.ServerMemoryKeyConverter;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.gateway.key.StoredMemoryKeyAuthenticator;
import io.memoryrouter.gateway.key.claim.VaultClaims;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.keys.MemoryKeyService;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@code MemoryKey}.
 */
@Configuration(proxyBeanMethods = false)
class KeyFilterConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServerMemoryKeyConverter memoryKeyConverter() {
		return new RequestMemoryKeyConverter();
	}

	@Bean
	@ConditionalOnMissingBean
	ServerMemoryKeyAuthenticator memoryKeyAuthenticator(MemoryKeyService keys) {
		return new StoredMemoryKeyAuthenticator(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	KeyContextResolver memoryKeyContextResolver(ServerMemoryKeyConverter converter,
			ServerMemoryKeyAuthenticator authenticator, ObjectProvider<VaultClaims> users) {
		VaultClaims claims = users.getIfAvailable();
		return new KeyContextResolver(converter, authenticator, (claims != null) ? claims.on(null) : null);
	}

	@Bean
	@ConditionalOnMissingBean
	ServerMemoryKeyFailureHandler memoryKeyFailureHandler(GatewayMeters meters) {
		return new ApiErrorMemoryKeyFailureHandler(meters);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryKeyFilters memoryKeyFilters(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator,
			ObjectProvider<VaultClaims> users, ServerMemoryKeyFailureHandler failureHandler,
			ChatRequestFilter requests) {
		return new MemoryKeyFilters(converter, authenticator, users.getIfAvailable(), failureHandler, requests);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryKeyGatewayFilterFactory memoryKeyGatewayFilterFactory(MemoryKeyFilters filters) {
		return new MemoryKeyGatewayFilterFactory(filters);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("memoryrouter.query-key-as-header")
	QueryKeyDecoratorFactory memoryQueryKeyDecoratorFactory() {
		return new QueryKeyDecoratorFactory();
	}

}
