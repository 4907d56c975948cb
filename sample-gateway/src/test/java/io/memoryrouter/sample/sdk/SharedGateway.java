package io.memoryrouter.sample.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One gateway for all tests of SDKs, since it takes seconds to start one. Each test has a
 * vault of its own.
 */
final class SharedGateway implements AutoCloseable {

	/** The key that the operator has for the providers that are called deployed. */
	static final String DEPLOYMENT_KEY = "sk-deployment-0123456789";

	private final RecordingProvider provider = new RecordingProvider();

	private final Path folder;

	private final GatewayProcess process;

	private SharedGateway() {
		try {
			this.folder = Files.createTempDirectory("shared-gateway");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		GatewayCommand command = GatewayCommand.in(this.folder)
			// What is asked is whether it is recalled, not whether a busy machine is
			// quick.
			.environment("MEMORYROUTER_CONTEXT_DEADLINE", "20s")
			.environment("MEMORYROUTER_INGEST_HOLD", "20s");
		configure(command, "openai", "/v1", "openai");
		configure(command, "anthropic", "/v1", "anthropic");
		configure(command, "google", "/v1beta", "gemini");
		this.process = command.start();
	}

	private void configure(GatewayCommand command, String provider, String version, String dialect) {
		String known = "MEMORYROUTER_PROVIDERS_" + provider.toUpperCase(Locale.ROOT);
		String deployed = known.replace("PROVIDERS_", "PROVIDERS_DEPLOYED");
		command.environment(known + "_BASEURL", this.provider.baseUrl(version))
			.environment(deployed + "_BASEURL", this.provider.baseUrl(version))
			.environment(deployed + "_DIALECT", dialect)
			.environment(deployed + "_APIKEY", DEPLOYMENT_KEY);
	}

	RecordingProvider provider() {
		return this.provider;
	}

	GatewayProcess process() {
		return this.process;
	}

	/** Where the gateway is, without a path. */
	String address() {
		return this.process.uri("").toString();
	}

	/**
	 * Makes a vault.
	 * @return its Memory Key
	 */
	String newMemoryKey() {
		HttpResponse<String> answer = administer("POST", "/v1/keys", "{\"name\":\"test\"}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JsonMapper.shared().readTree(answer.body()).path("key").asString();
	}

	/**
	 * Stores the key of a provider for all vaults.
	 * @param provider the name of the provider
	 * @param key the key
	 */
	void storeProviderKey(String provider, String key) {
		HttpResponse<String> answer = administer("PUT", "/v1/provider-keys/" + provider, "{\"key\":\"" + key + "\"}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
	}

	/**
	 * Deletes the stored key of a provider.
	 * @param provider the name of the provider
	 */
	void deleteProviderKey(String provider) {
		HttpResponse<String> answer = administer("DELETE", "/v1/provider-keys/" + provider, "");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
	}

	private HttpResponse<String> administer(String method, String path, String body) {
		return this.process.send(HttpRequest.newBuilder(this.process.uri(path))
			.header("Authorization", "Bearer " + this.process.printedAdminToken())
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	/**
	 * How many memories were stored so far.
	 * @return the number
	 */
	long storedMemories() {
		HttpRequest request = HttpRequest.newBuilder(this.process.managementUri("/actuator/prometheus")).build();
		return this.process.send(request)
			.body()
			.lines()
			.filter((line) -> line.startsWith("memoryrouter_ingest_memories_total"))
			.mapToLong((line) -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	@Override
	public void close() throws IOException {
		this.process.close();
		this.provider.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

	/**
	 * Gives tests the gateway, which is started for the first and stopped after the last;
	 * before each, the provider forgets.
	 */
	static final class Extension implements ParameterResolver, BeforeEachCallback {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == SharedGateway.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return gateway(context);
		}

		@Override
		public void beforeEach(ExtensionContext context) {
			gateway(context).provider().reset();
		}

		private static SharedGateway gateway(ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.create(SharedGateway.class))
				.computeIfAbsent(SharedGateway.class, (type) -> new SharedGateway(), SharedGateway.class);
		}

	}

}
