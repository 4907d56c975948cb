package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.testing.FakeMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every bean of an auto-configuration. A test names them in a static
 * method {@code beans()}.
 */
abstract class AutoConfigurationContract {

	final ReactiveWebApplicationContextRunner runner;

	AutoConfigurationContract(ReactiveWebApplicationContextRunner runner) {
		this.runner = runner;
	}

	/** An application with a memory. */
	static ReactiveWebApplicationContextRunner application(Class<?>... configurations) {
		return new ReactiveWebApplicationContextRunner().withBean(FakeMemory.class)
			.withConfiguration(AutoConfigurations.of(configurations));
	}

	@ParameterizedTest
	@MethodSource("beans")
	final void configureWhenNothingIsSaidThenBeanIsThere(Class<?> type) {
		this.runner.run((context) -> assertThat(context).hasSingleBean(type));
	}

	@ParameterizedTest
	@MethodSource("beans")
	final void configureWhenApplicationHasABeanThenBacksOff(Class<?> type) {
		this.runner.run((context) -> {
			Object own = context.getBean(type);
			register(type, own).run((second) -> assertThat(second.getBean(type)).isSameAs(own));
		});
	}

	private <T> ReactiveWebApplicationContextRunner register(Class<T> type, Object own) {
		return this.runner.withBean("own", type, () -> type.cast(own));
	}

}
