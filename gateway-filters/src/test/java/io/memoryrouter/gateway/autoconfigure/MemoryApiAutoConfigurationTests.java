package io.memoryrouter.gateway.autoconfigure;

import java.util.List;

import io.memoryrouter.gateway.api.IngestEndpoint;
import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.PrepareEndpoint;
import io.memoryrouter.gateway.api.ReceiptEndpoints;
import io.memoryrouter.gateway.context.ContextPreparer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryApiAutoConfigurationTests extends AutoConfigurationContract {

	MemoryApiAutoConfigurationTests() {
		super(application(MemoryGatewayAutoConfiguration.class, MemoryApiAutoConfiguration.class));
	}

	static List<Class<?>> beans() {
		return List.of(MemoryKeyHandlerFilter.class, ReceiptEndpoints.class, ContextPreparer.class,
				PrepareEndpoint.class, IngestEndpoint.class);
	}

	@ParameterizedTest
	@MethodSource("beans")
	void configureWhenTurnedOffThenNothingIsThere(Class<?> type) {
		this.runner.withPropertyValues("memoryrouter.api.memory.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(type));
	}

	@Test
	void configureWhenTheGatewayIsOffThenNothingIsThere() {
		this.runner.withPropertyValues("spring.cloud.gateway.server.webflux.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MemoryKeyHandlerFilter.class));
	}

}
