package io.memoryrouter.sample.demo;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code demo/echo} the default model where the operator configured no provider, so
 * that the first request is answered without anybody's key. As soon as there is a
 * provider, or a default of the operator's, no request reaches the demo unless it asks
 * for it.
 */
final class DefaultModelEnvironmentPostProcessor implements EnvironmentPostProcessor {

	static final String DEFAULT_MODEL = "memoryrouter.default-model";

	private static final String DEFAULT_PROVIDER = "memoryrouter.default-provider";

	private static final String PROVIDERS = "memoryrouter.providers";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		boolean demo = binder.bind(EchoProviderConfiguration.ENABLED, Boolean.class).orElse(true);
		if (demo && !isSet(binder, DEFAULT_MODEL) && !isSet(binder, DEFAULT_PROVIDER) && !hasProviders(binder)) {
			String model = EchoProviderConfiguration.PROVIDER + "/" + EchoServer.MODEL;
			environment.getPropertySources().addLast(new MapPropertySource("demo", Map.of(DEFAULT_MODEL, model)));
		}
	}

	private static boolean isSet(Binder binder, String property) {
		return binder.bind(property, String.class).isBound();
	}

	private static boolean hasProviders(Binder binder) {
		return binder.bind(PROVIDERS, Bindable.mapOf(String.class, Object.class)).isBound();
	}

}
