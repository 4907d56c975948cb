package io.memoryrouter.gateway.autoconfigure;

import java.util.List;

import io.memoryrouter.gateway.api.IngestEndpoint;
import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.api.PrepareEndpoint;
import io.memoryrouter.gateway.api.ReceiptEndpoints;
import io.memoryrouter.gateway.context.ContextPreparer;
import io.memoryrouter.gateway.testing.FakeMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryApiAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withBean(FakeMemory.class)
		.withConfiguration(
				AutoConfigurations.of(MemoryGatewayAutoConfiguration.class, MemoryApiAutoConfiguration.class));

	static List<Class<?>> beans() {
		return List.of(MemoryKeyHandlerFilter.class, ReceiptEndpoints.class, ContextPreparer.class,
				PrepareEndpoint.class, IngestEndpoint.class);
	}

	@ParameterizedTest
	@MethodSource("beans")
	void configureWhenNothingIsSaidThenBeanIsThere(Class<?> type) {
		this.runner.run((context) -> assertThat(context).hasSingleBean(type));
	}

	@ParameterizedTest
	@MethodSource("beans")
	void configureWhenApplicationHasABeanThenBacksOff(Class<?> type) {
		this.runner.run((context) -> {
			Object own = context.getBean(type);
			register(type, own).run((second) -> assertThat(second.getBean(type)).isSameAs(own));
		});
	}

	private <T> ReactiveWebApplicationContextRunner register(Class<T> type, Object own) {
		return this.runner.withBean("own", type, () -> type.cast(own));
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
