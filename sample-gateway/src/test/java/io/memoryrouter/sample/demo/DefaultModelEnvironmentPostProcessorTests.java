package io.memoryrouter.sample.demo;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultModelEnvironmentPostProcessorTests {

	@Test
	void postProcessWhenNothingIsConfiguredThenDemoIsTheDefault() {
		assertThat(defaultModel(Map.of("SERVER_PORT", "8080"))).isEqualTo("demo/echo");
	}

	@Test
	void postProcessWhenThereIsAProviderThenThereIsNoDefault() {
		assertThat(defaultModel(Map.of("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", "sk-1"))).isNull();
		assertThat(defaultModel(Map.of("MEMORYROUTER_PROVIDERS_MINE_BASEURL", "http://127.0.0.1:9/v1"))).isNull();
	}

	@Test
	void postProcessWhenOperatorHasADefaultThenItStays() {
		assertThat(defaultModel(Map.of("MEMORYROUTER_DEFAULTMODEL", "openai/gpt-5.5"))).isNull();
		assertThat(defaultModel(Map.of("MEMORYROUTER_DEFAULTPROVIDER", "ollama"))).isNull();
	}

	@Test
	void postProcessWhenDemoIsOffThenThereIsNoDefault() {
		assertThat(defaultModel(Map.of("MEMORYROUTER_DEMO_ENABLED", "false"))).isNull();
	}

	private static String defaultModel(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		new DefaultModelEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		return environment.getProperty(DefaultModelEnvironmentPostProcessor.DEFAULT_MODEL);
	}

}
