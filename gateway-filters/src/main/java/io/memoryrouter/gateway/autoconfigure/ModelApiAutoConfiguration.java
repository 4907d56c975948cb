package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.models.ModelCatalog;
import io.memoryrouter.gateway.models.ModelListEndpoint;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ModelListHandler;
import io.memoryrouter.gateway.provider.ProviderKeySource;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.support.GatewayMeters;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of {@code GET /v1/models} on the routes that have {@code Memory} or
 * {@code ProviderKey}. {@code memoryrouter.api.models.enabled} turns it off: the request
 * then goes to the route's provider, like any other.
 */
@AutoConfiguration(after = MemoryGatewayAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean({ ProviderRegistry.class, HttpClient.class })
public final class ModelApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ModelListClient modelListClient(HttpClient http) {
		return new ModelListClient(http);
	}

	@Bean
	@ConditionalOnMissingBean
	ModelCatalog modelCatalog(ProviderRegistry registry, ObjectProvider<ProviderKeySource> keySources,
			ModelListClient client, GatewayMeters meters) {
		return new ModelCatalog(registry, keySources.orderedStream().toList(), client::list, meters);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "memoryrouter.api.models.enabled", matchIfMissing = true)
	ModelListHandler modelListHandler(ModelCatalog catalog, MemoryGatewayProperties properties) {
		String defaultModel = StringUtils.hasText(properties.defaultModel()) ? properties.defaultModel().strip() : null;
		return new ModelListEndpoint(catalog, defaultModel);
	}

}
