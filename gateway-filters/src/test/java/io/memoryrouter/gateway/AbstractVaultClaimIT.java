package io.memoryrouter.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jwt.JWTClaimsSet;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.gateway.testing.TestIssuer;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

/**
 * Users with their company's tokens in the place of Memory Keys, over HTTP, with an
 * identity provider and a provider behind.
 */
abstract class AbstractVaultClaimIT {

	static final String PROVIDER_KEY = "sk-of-alice";

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	static final FakeMemory memory = new FakeMemory();

	static WireMockServer provider;

	@BeforeAll
	static void startProvider() throws IOException {
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		reset();
		// Its first answer takes long, and the keys are not waited for that long.
		URI.create(provider.baseUrl() + "/jwks").toURL().openStream().close();
	}

	static String[] properties(String identityProvider, String... more) {
		Stream<String> providers = Stream.of("openai", "anthropic", "google", "azure")
			.map((name) -> "memoryrouter.providers." + name + ".base-url=" + provider.baseUrl() + "/" + name);
		Stream<String> others = Stream.of(
				"memoryrouter.providers.deployed.base-url=" + provider.baseUrl() + "/deployed",
				"memoryrouter.providers.deployed.api-key=sk-of-the-deployment",
				"memoryrouter.admin.token=an-administrators-token", "memoryrouter.jwt.issuer=https://id.example",
				"memoryrouter.jwt.audience=memoryrouter", "memoryrouter.jwt.jwks-uri=" + identityProvider + "/jwks",
				"memoryrouter.jwt.vault-claim=sub", "memoryrouter.jwt.account-claim=org");
		Stream<String> routes = Stream
			.of(route(0, "mail", "no://op", "/mail/**", ".name=Memory",
					".args.vault-claim=email\u0000.args.provider=openai"),
					route(1, "open", "no://op", "/open/**", ".name=Memory",
							".args.required=false\u0000.args.provider=openai"),
					route(2, "own", provider.baseUrl(), "/own/**", ".name=MemoryKey", ".args.required=false"),
					route(3, "all", "no://op", "/v1/**,/v1beta/**", "=Memory=openai", ""))
			.flatMap((route) -> Arrays.stream(route.split("\u0000")))
			.filter((property) -> !property.isEmpty());
		return Stream.of(providers, others, routes, Stream.of(more)).flatMap((all) -> all).toArray(String[]::new);
	}

	private static String route(int index, String id, String uri, String path, String filter, String args) {
		String route = ROUTES + "[" + index + "]";
		Stream<String> properties = Stream.of(".id=" + id, ".uri=" + uri, ".predicates[0]=Path=" + path,
				".filters[0]" + filter);
		Stream<String> named = Arrays.stream(args.split("\u0000"))
			.filter((arg) -> !arg.isEmpty())
			.map((arg) -> ".filters[0]" + arg);
		return String.join("\u0000", Stream.concat(properties, named).map((property) -> route + property).toList());
	}

	@AfterAll
	static void stopProvider() {
		provider.stop();
	}

	@BeforeEach
	void resetAll() {
		reset();
	}

	private static void reset() {
		memory.reset();
		provider.resetAll();
		provider.stubFor(any(anyUrl()).willReturn(okJson("{}")));
		provider.stubFor(get("/jwks").willReturn(okJson(new TestIssuer().keys.toString())));
	}

	static HttpResponse<String> chat(TestGateway gateway, String prefix, String token, String... headers) {
		HttpRequest.Builder request = gateway.post(prefix + "/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer " + token)
			.header("X-Provider-Key", PROVIDER_KEY);
		return gateway.send((headers.length > 0) ? request.headers(headers) : request);
	}

	static String user(String name) {
		return token((claims) -> claims.subject(name));
	}

	static String token(Consumer<JWTClaimsSet.Builder> changes) {
		return TestIssuer.token(changes);
	}

	static VaultId vault(String account, String claim, String user) {
		return VaultId.derivedFrom("https://id.example", account, claim, user);
	}

	static List<LoggedRequest> received() {
		return provider.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.filter((request) -> !request.getUrl().equals("/jwks"))
			.toList();
	}

	static String text(LoggedRequest request) {
		return request.getUrl() + request.getHeaders() + request.getBodyAsString();
	}

}
