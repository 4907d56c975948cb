package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.api.OpenApiEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATION = AutoConfigurations.of(OpenApiAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATION);

	@Test
	void configureWhenNothingIsSaidThenTheDocumentIsServed() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(OpenApiEndpoint.class)
			.hasSingleBean(RouterFunction.class));
	}

	@Test
	void configureWhenApplicationHasABeanThenBacksOff() {
		this.runner.withBean("own", OpenApiEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(OpenApiEndpoint.class).hasBean("own"));
	}

	@Test
	void configureWhenTurnedOffThenNothingIsThere() {
		this.runner.withPropertyValues("memoryrouter.api.openapi.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RouterFunction.class));
	}

	@Test
	void configureWhenItIsNoWebApplicationThenNothingIsThere() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).doesNotHaveBean(OpenApiEndpoint.class));
	}

}
