package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.ReceiptEndpoints;
import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.memory.receipt.ReceiptStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

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

}
