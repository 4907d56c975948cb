package io.memoryrouter.gateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A gateway between a memory and a provider, for all tests of a class: it starts before
 * them and goes with its provider after them. Before each, memory and provider forget
 * what the last one told them.
 */
public final class GatewayExtension extends GatewayClient
		implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	private final @Nullable FakeMemory memory;

	private final TestProvider provider;

	private final List<String> properties = new ArrayList<>();

	private int routes;

	private @Nullable Path folder;

	private @Nullable TestGateway gateway;

	private GatewayExtension(@Nullable FakeMemory memory, TestProvider provider) {
		this.memory = memory;
		this.provider = provider;
	}

	public static GatewayExtension between(FakeMemory memory, TestProvider provider) {
		return new GatewayExtension(memory, provider);
	}

	/** With the real embedded store. */
	public static GatewayExtension withStore(TestProvider provider) {
		return new GatewayExtension(null, provider);
	}

	/**
	 * Lets a name of a provider stand for this one.
	 * @param name the name
	 * @param path where its API is
	 */
	public GatewayExtension provider(String name, String path) {
		return with("memoryrouter.providers." + name + ".base-url=" + this.provider.url() + path);
	}

	public GatewayExtension with(String... properties) {
		this.properties.addAll(List.of(properties));
		return this;
	}

	/** Adds a route, behind the ones before it. */
	public GatewayExtension route(Route route) {
		this.properties.addAll(route.properties(this.routes++));
		return this;
	}

	public ConfigurableApplicationContext context() {
		return started().context();
	}

	@Override
	public int port() {
		return started().port();
	}

	private TestGateway started() {
		if (this.gateway == null) {
			throw new IllegalStateException("The gateway has not been started");
		}
		return this.gateway;
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		String[] all = this.properties.toArray(String[]::new);
		if (this.memory != null) {
			this.gateway = TestGateway.start(this.memory, all);
		}
		else {
			this.folder = Files.createTempDirectory("gateway");
			this.gateway = TestGateway.startWithMemory(this.folder, all);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.provider.reset();
		if (this.memory != null) {
			this.memory.reset();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		if (this.gateway != null) {
			this.gateway.close();
		}
		this.provider.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
