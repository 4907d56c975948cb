package io.memoryrouter.gateway.autoconfigure;

import java.time.Clock;

import io.memoryrouter.gateway.admin.KeyAdministration;
import io.memoryrouter.gateway.admin.ProviderKeyAdministration;
import io.memoryrouter.gateway.admin.ProviderKeyTest;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.provider.ProviderKeyService;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of administration over HTTP. {@code memoryrouter.admin.enabled}
 * turns it off, for a gateway whose keys are made elsewhere.
 */
@AutoConfiguration(after = { MemoryGatewayAutoConfiguration.class, ModelApiAutoConfiguration.class },
		afterName = "io.memoryrouter.memory.autoconfigure.MemoryAutoConfiguration")
@ConditionalOnClass(RouterFunction.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "memoryrouter.admin.enabled", matchIfMissing = true)
public final class MemoryAdministrationAutoConfiguration {

	@Bean
	@ConditionalOnBean({ MemoryKeyManager.class, AdminTokens.class })
	@ConditionalOnMissingBean
	KeyAdministration memoryKeyAdministration(MemoryKeyManager keys, AdminTokens tokens) {
		return new KeyAdministration(keys, tokens, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(KeyAdministration.class)
	RouterFunction<ServerResponse> memoryAdministrationRoutes(KeyAdministration keys) {
		return keys.routes();
	}

	@Bean
	@ConditionalOnBean({ ProviderKeyService.class, ProviderRegistry.class, ModelListClient.class, AdminTokens.class })
	@ConditionalOnMissingBean
	ProviderKeyAdministration memoryProviderKeyAdministration(ProviderKeyService keys, ProviderRegistry registry,
			ModelListClient client, AdminTokens tokens) {
		return new ProviderKeyAdministration(keys, registry,
				new ProviderKeyTest(client, ProviderKeyTest.DEFAULT_TIMEOUT), tokens);
	}

	@Bean
	@ConditionalOnBean(ProviderKeyAdministration.class)
	RouterFunction<ServerResponse> memoryProviderKeyRoutes(ProviderKeyAdministration keys) {
		return keys.routes();
	}

}
