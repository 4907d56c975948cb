package io.memoryrouter.gateway.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps those loggers of others at {@code info} which write credentials and bodies out in
 * full when they are allowed to say more: a gateway whose root logger, or all of Spring,
 * is set to {@code debug} must not tell anybody's keys. These are defaults: who sets the
 * level of one of these very loggers has his way.
 */
final class LoggerLevelsEnvironmentPostProcessor implements EnvironmentPostProcessor {

	/**
	 * The first writes all headers of a request to a provider. The others write what JSON
	 * and text are decoded to or encoded from; the last stands in for those before it
	 * where it may say more than they.
	 */
	private static final Map<String, Object> LEVELS = Map.of(
			"logging.level.org.springframework.cloud.gateway.filter.headers.observation", "info",
			"logging.level.org.springframework.core.codec", "info", "logging.level.org.springframework.http.codec",
			"info", "logging.level.org.springframework.web.HttpLogging", "info");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new MapPropertySource("memoryrouterLoggerLevels", LEVELS));
	}

}
