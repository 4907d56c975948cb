package io.memoryrouter.sample.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.IdentityProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * Two accounts on one gateway, for all tests of this package.
 */
final class Tenants implements AutoCloseable {

	private final IdentityProvider identityProvider = new IdentityProvider();

	private final Path folder;

	private final GatewayProcess gateway;

	private final Tenant mine;

	private final Tenant theirs;

	private Tenants() {
		try {
			this.folder = Files.createTempDirectory("tenants");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.gateway = this.identityProvider.trustedBy(GatewayCommand.in(this.folder))
			// What is asked is whether it is recalled, not whether a busy machine is
			// quick.
			.environment("MEMORYROUTER_CONTEXT_DEADLINE", "20s")
			.environment("MEMORYROUTER_PROVIDERS_MISTRAL_BASEURL",
					"http://127.0.0.1:" + GatewayCommand.freePort() + "/v1")
			.environment("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,mappings")
			.start();
		awaitTrust();
		this.mine = new Tenant(this.gateway, this.identityProvider, "mine", "mistral");
		this.theirs = new Tenant(this.gateway, this.identityProvider, "theirs", "openai");
	}

	/**
	 * On a busy machine the first look at the issuer's keys may take longer than it may.
	 */
	private void awaitTrust() {
		String token = this.identityProvider.token("mine", "memory:keys");
		Awaitility.await("the keys of the identity provider")
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.gateway
				.send(HttpRequest.newBuilder(this.gateway.uri("/v1/keys"))
					.header("Authorization", "Bearer " + token)
					.build())
				.statusCode() == 200);
	}

	GatewayProcess gateway() {
		return this.gateway;
	}

	/** The account that sends the requests. */
	Tenant mine() {
		return this.mine;
	}

	/** The account that is not to notice. */
	Tenant theirs() {
		return this.theirs;
	}

	@Override
	public void close() throws IOException {
		this.gateway.close();
		this.identityProvider.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

	/**
	 * Gives tests the accounts, which are made for the first.
	 */
	static final class Extension implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == Tenants.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.create(Tenants.class))
				.computeIfAbsent(Tenants.class, (type) -> new Tenants(), Tenants.class);
		}

	}

}
