package io.memoryrouter.gateway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
public final class TestGateway implements AutoCloseable {

	/** A chat request of one message. */
	public static final String QUESTION = """
			{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "What breed is my dog?"}]}""";

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("memoryrouter.store.embedded.path=" + folder);
		return run(List.of(), (context) -> {
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

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/** A chat request with a Memory Key and a provider's key, as an SDK would send it. */
	public HttpRequest.Builder chat(String body) {
		return post("/v1/chat/completions", body).header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice");
	}

	public HttpRequest.Builder post(String path, String body) {
		return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(20));
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
		try {
			return this.client.send(request.build(), handler);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
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
