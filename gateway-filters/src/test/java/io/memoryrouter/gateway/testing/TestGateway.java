package io.memoryrouter.gateway.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.autoconfigure.MemoryAutoConfiguration;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Somebody's gateway: an application that has nothing of ours but the dependency and the
 * routes of its configuration.
 */
public final class TestGateway extends GatewayClient implements AutoCloseable {

	/** A chat request of one message. */
	public static final String QUESTION = """
			{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "What breed is my dog?"}]}""";

	private final ConfigurableApplicationContext context;

	private TestGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static TestGateway start(FakeMemory memory, String... properties) {
		return start(memory, List.of(), properties);
	}

	public static TestGateway start(FakeMemory memory, List<Class<?>> configurations, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.autoconfigure.exclude=" + MemoryAutoConfiguration.class.getName());
		return run(configurations, (context) -> context.getBeanFactory().registerSingleton("fakeMemory", memory), all);
	}

	/** A gateway with a memory of its own, in a folder. */
	public static TestGateway startWithMemory(Path folder, String... properties) {
		return startWithMemory(folder, List.of(), properties);
	}

	/** A gateway with a memory and beans of its own. */
	public static TestGateway startWithMemory(Path folder, List<Class<?>> configurations, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("memoryrouter.store.embedded.path=" + folder);
		return run(configurations, (context) -> {
		}, all);
	}

	private static TestGateway run(List<Class<?>> configurations,
			ApplicationContextInitializer<ConfigurableApplicationContext> initializer, List<String> properties) {
		properties.addAll(List.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
				"spring.cloud.gateway.server.webflux.httpclient.connect-timeout=1000"));
		List<Class<?>> sources = new ArrayList<>(configurations);
		sources.add(Application.class);
		return new TestGateway(
				new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).web(WebApplicationType.REACTIVE)
					.initializers(initializer)
					.properties(properties.toArray(String[]::new))
					.run());
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	@Override
	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
