package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.OpenApiEndpoint;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of {@code GET /v1/openapi.json}.
 * {@code memoryrouter.api.openapi.enabled} turns it off.
 */
@AutoConfiguration
@ConditionalOnClass(RouterFunction.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "memoryrouter.api.openapi.enabled", matchIfMissing = true)
public final class OpenApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OpenApiEndpoint memoryOpenApiEndpoint() {
		return new OpenApiEndpoint();
	}

	@Bean
	RouterFunction<ServerResponse> memoryOpenApiRoutes(OpenApiEndpoint document) {
		return document.routes();
	}

}
