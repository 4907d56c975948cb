package io.memoryrouter.gateway.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.provider.DeploymentProviderKeySource;
import io.memoryrouter.gateway.provider.KnownProvider;
import io.memoryrouter.gateway.provider.ModelListHandler;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderKeyFilters;
import io.memoryrouter.gateway.provider.ProviderKeyGatewayFilterFactory;
import io.memoryrouter.gateway.provider.ProviderKeySource;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.provider.ProviderSelector;
import io.memoryrouter.gateway.provider.RequestProviderKeySource;
import io.memoryrouter.gateway.provider.StoredProviderKeySource;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.keys.provider.ProviderKeyService;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * {@code ProviderKey}.
 */
@Configuration(proxyBeanMethods = false)
class ProviderFilterConfiguration {

	/**
	 * What is known, what the application brings, what the operator says: the last
	 * counts.
	 */
	@Bean
	@ConditionalOnMissingBean
	ProviderRegistry memoryProviderRegistry(MemoryGatewayProperties properties, ObjectProvider<Provider> contributed) {
		List<Provider> providers = new ArrayList<>();
		for (KnownProvider known : KnownProvider.values()) {
			providers.add(known.builder().build());
		}
		contributed.orderedStream().forEach(providers::add);
		properties.providers().forEach((name, provider) -> providers.add(provider.toProvider(name)));
		return new ProviderRegistry(providers);
	}

	@Bean
	@ConditionalOnMissingBean
	ProviderSelector memoryProviderSelector(ProviderRegistry registry, MemoryGatewayProperties properties) {
		return new ProviderSelector(registry, textOrNull(properties.defaultProvider()),
				textOrNull(properties.defaultModel()));
	}

	private static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	@Bean
	@ConditionalOnMissingBean
	RequestProviderKeySource requestProviderKeySource() {
		return new RequestProviderKeySource();
	}

	@Bean
	@ConditionalOnBean(ProviderKeyService.class)
	@ConditionalOnMissingBean
	StoredProviderKeySource storedProviderKeySource(ProviderKeyService keys) {
		return new StoredProviderKeySource(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	DeploymentProviderKeySource deploymentProviderKeySource() {
		return new DeploymentProviderKeySource();
	}

	@Bean
	@ConditionalOnMissingBean
	ProviderKeyFilters providerKeyFilters(ProviderSelector selector, ObjectProvider<ProviderKeySource> keySources,
			ChatRequestFilter requests, ObjectProvider<ModelListHandler> models) {
		return new ProviderKeyFilters(selector, keySources.orderedStream().toList(), requests, models.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ProviderKeyGatewayFilterFactory providerKeyGatewayFilterFactory(ProviderKeyFilters filters) {
		return new ProviderKeyGatewayFilterFactory(filters);
	}

}
