package io.memoryrouter.gateway.autoconfigure;

import java.time.Clock;

import io.memoryrouter.gateway.admin.KeyAdministration;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.MemoryKeyManager;

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
@AutoConfiguration(afterName = "io.memoryrouter.memory.autoconfigure.MemoryAutoConfiguration")
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

}
