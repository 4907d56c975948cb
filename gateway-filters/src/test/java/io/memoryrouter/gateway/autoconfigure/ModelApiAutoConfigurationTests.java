package io.memoryrouter.gateway.autoconfigure;

import java.util.List;

import io.memoryrouter.gateway.models.ModelCatalog;
import io.memoryrouter.gateway.provider.ModelListClient;
import io.memoryrouter.gateway.provider.ModelListHandler;
import io.memoryrouter.gateway.testing.FakeMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ModelApiAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withBean(FakeMemory.class)
		.withBean(HttpClient.class, HttpClient::create)
		.withConfiguration(
				AutoConfigurations.of(MemoryGatewayAutoConfiguration.class, ModelApiAutoConfiguration.class));

	static List<Class<?>> beans() {
		return List.of(ModelListClient.class, ModelCatalog.class, ModelListHandler.class);
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

	@Test
	void configureWhenTurnedOffThenRequestsForTheListAreLikeAnyOther() {
		this.runner.withPropertyValues("memoryrouter.api.models.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ModelListHandler.class)
				.hasSingleBean(ModelListClient.class));
	}

	@Test
	void configureWhenTheGatewayIsOffThenNothingIsThere() {
		this.runner.withPropertyValues("spring.cloud.gateway.server.webflux.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelListHandler.class));
	}

}
