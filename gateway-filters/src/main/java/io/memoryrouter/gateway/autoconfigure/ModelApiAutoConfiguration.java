package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.gateway.models.ModelCatalog;
import io.memoryrouter.gateway.models.ModelEndpoint;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ProviderKeySource;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of {@code GET /v1/models}. {@code memoryrouter.api.models.enabled}
 * turns it off, for a gateway whose routes lead that path to one provider.
 */
@AutoConfiguration(after = MemoryGatewayAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean({ KeyContextResolver.class, ServerMemoryKeyFailureHandler.class, HttpClient.class })
public final class ModelApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ModelListClient modelListClient(HttpClient http) {
		return new ModelListClient(http);
	}

	@Bean
	@ConditionalOnMissingBean
	ModelCatalog modelCatalog(ProviderRegistry registry, ObjectProvider<ProviderKeySource> keySources,
			ModelListClient client) {
		return new ModelCatalog(registry, keySources.orderedStream().toList(), client::list);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "memoryrouter.api.models.enabled", matchIfMissing = true)
	RouterFunction<ServerResponse> modelRoutes(ModelCatalog catalog, MemoryGatewayProperties properties,
			KeyContextResolver keys, ServerMemoryKeyFailureHandler failureHandler) {
		String defaultModel = StringUtils.hasText(properties.defaultModel()) ? properties.defaultModel().strip() : null;
		return new ModelEndpoint(catalog, defaultModel).routes()
			.filter(new MemoryKeyHandlerFilter(keys, failureHandler));
	}

}
