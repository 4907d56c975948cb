package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoints for the bearers of Memory Keys.
 * {@code memoryrouter.api.memory.enabled} turns them off, for a gateway that only
 * proxies.
 */
@AutoConfiguration(after = MemoryGatewayAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "memoryrouter.api.memory.enabled", matchIfMissing = true)
@ConditionalOnBean({ KeyContextResolver.class, ServerMemoryKeyFailureHandler.class })
public final class MemoryApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MemoryKeyHandlerFilter memoryKeyHandlerFilter(KeyContextResolver keys,
			ServerMemoryKeyFailureHandler failureHandler) {
		return new MemoryKeyHandlerFilter(keys, failureHandler);
	}

}
