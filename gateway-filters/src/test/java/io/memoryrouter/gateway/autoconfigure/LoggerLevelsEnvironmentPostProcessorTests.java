package io.memoryrouter.gateway.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoggerLevelsEnvironmentPostProcessor}.
 */
class LoggerLevelsEnvironmentPostProcessorTests {

	private static final String LEVEL = "logging.level.org.springframework.http.codec";

	@Test
	void postProcessThenCodecsAreQuiet() {
		assertThat(process(Map.of("logging.level.root", "trace")).getProperty(LEVEL)).isEqualTo("info");
	}

	@Test
	void postProcessWhenLevelIsSetThenItHolds() {
		assertThat(process(Map.of(LEVEL, "trace")).getProperty(LEVEL)).isEqualTo("trace");
	}

	private static ConfigurableEnvironment process(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		new LoggerLevelsEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

}
