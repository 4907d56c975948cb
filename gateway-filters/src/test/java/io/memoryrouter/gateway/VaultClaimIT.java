package io.memoryrouter.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users with their company's tokens in the place of Memory Keys, over HTTP, with an
 * identity provider and a provider behind: whose memory it is, who gets in, and that no
 * token goes further.
 */
class VaultClaimIT {

	private static final String PROVIDER_KEY = "sk-of-alice";

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	@TempDir
	private static Path folder;

	private static final FakeMemory memory = new FakeMemory();

	private static WireMockServer provider;

	private static TestGateway gateway;

	private static TestGateway remembering;

	/** Its identity provider is not there. */
	private static TestGateway cutOff;

	@BeforeAll
	static void start() throws IOException {
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		reset();
		// Its first answer takes long, and the keys are not waited for that long.
		URI.create(provider.baseUrl() + "/jwks").toURL().openStream().close();
		gateway = TestGateway.start(memory, properties(provider.baseUrl()));
		remembering = TestGateway.startWithMemory(folder,
				properties(provider.baseUrl(), "memoryrouter.context.deadline=20s"));
		cutOff = TestGateway.start(memory, properties("http://127.0.0.1:1"));
	}

	private static String[] properties(String identityProvider, String... more) {
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
	static void stop() {
		gateway.close();
		remembering.close();
		cutOff.close();
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

	static Stream<Arguments> everyPlaceOfEveryFamily() {
		return Arrays.stream(Endpoint.values())
			.flatMap((endpoint) -> Stream.of("Authorization", "x-api-key", "x-goog-api-key", "api-key", "?key")
				.map((place) -> Arguments.of(endpoint, place)));
	}

	@ParameterizedTest(name = "{0}, token in {1}")
	@MethodSource("everyPlaceOfEveryFamily")
	void requestWhenTokenIsValidThenTheUsersVaultAndOnlyTheProvidersKeyGoesFurther(Endpoint endpoint, String place) {
		String token = user("alice");
		HttpRequest.Builder request = endpoint.request(gateway, place.equals("?key") ? "?key=" + token : "")
			.header("X-Provider-Key", PROVIDER_KEY);
		if (!place.equals("?key")) {
			request.header(place, place.equals("Authorization") ? "Bearer " + token : token);
		}
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, PROVIDER_KEY);
		if (endpoint.remembers) {
			assertThat(memory.queries).singleElement()
				.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "sub", "alice")));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CHAT", "EMBEDDINGS" })
	void requestWhenProvidersKeyIsTheDeploymentsThenNoneIsNeededOfTheUser(Endpoint endpoint) {
		HttpRequest.Builder request = gateway.post(endpoint.path, endpoint.body.replace("openai/", "deployed/"))
			.header("Authorization", "Bearer " + user("alice"));
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, "sk-of-the-deployment");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNoKeyOfTheProviderThen401AndTheTokenStandsInForNone(Endpoint endpoint) {
		HttpRequest.Builder request = endpoint.request(gateway, "").header("Authorization", "Bearer " + user("alice"));
		HttpResponse<String> response = gateway.send(request);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("X-Provider-Key");
		assertThat(received()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenAMemoryKeyComesTooThenItWinsAndTheTokenGoesNoFurther(Endpoint endpoint) {
		HttpRequest.Builder request = endpoint.request(gateway, "")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", PROVIDER_KEY)
			.header("Authorization", "Bearer " + user("alice"));
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertOnlyKey(endpoint, PROVIDER_KEY);
		if (endpoint.remembers) {
			assertThat(memory.queries).singleElement()
				.satisfies((query) -> assertThat(query.vault()).isEqualTo(FakeMemory.VAULT));
		}
	}

	@Test
	void requestWhenAMemoryKeyComesWithAProvidersKeyThenAsEver() {
		assertThat(gateway.send(gateway.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(200);
		assertOnlyKey(Endpoint.CHAT, "sk-alice");
	}

	static List<TestIssuer.Attack> attacks() {
		return TestIssuer.attacks();
	}

	@ParameterizedTest
	@MethodSource("attacks")
	void requestWhenTokenIsForgedThen401EverywhereAndNothingGoesFurther(TestIssuer.Attack attack) throws Exception {
		String token = attack.token().call();
		for (String path : List.of("/v1/chat/completions", "/open/v1/chat/completions", "/own/v1/chat/completions",
				"/mail/v1/chat/completions", "/v1/memory/prepare")) {
			HttpResponse<String> response = gateway.send(gateway.post(path, TestGateway.QUESTION)
				.header("Authorization", "Bearer " + token)
				.header("X-Provider-Key", PROVIDER_KEY));
			assertThat(response.statusCode()).as(path).isEqualTo(401);
			assertThat(response.body()).contains("invalid_user_token").doesNotContain(token);
		}
		assertThat(received()).isEmpty();
		assertThat(memory.queries).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, missing_user_token", "/v1/memory/prepare, missing_user_token" })
	void requestWhenThereIsNeitherTokenNorKeyThen401SaysWhatToSend(String path, String code) {
		HttpResponse<String> response = gateway
			.send(gateway.post(path, TestGateway.QUESTION).header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains(code, "Authorization: Bearer", "Memory Key");
	}

	@Test
	void requestWhenTokenNamesNobodyThen403() {
		for (Object name : new Object[] { null, "", "a\u0000", "a".repeat(1025) }) {
			HttpResponse<String> response = chat("/v1", TestIssuer.token((claims) -> claims.claim("sub", name)));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("no_vault");
		}
		for (Object name : new Object[] { null, "", 7, 1e300, true, List.of("alice"), Map.of("id", "alice"), "a\nb" }) {
			HttpResponse<String> response = chat("/mail/v1", token((claims) -> claims.claim("email", name)));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("no_vault");
		}
		assertThat(chat("/v1", TestIssuer.token((claims) -> claims.claim("org", null))).body()).contains("no_account");
		assertThat(received()).isEmpty();
	}

	@Test
	void requestWhenRouteNamesAClaimThenThatCountsThere() {
		String token = token((claims) -> claims.claim("email", "alice@example.com"));
		assertThat(chat("/mail/v1", token).statusCode()).isEqualTo(200);
		assertThat(memory.queries).singleElement()
			.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "email", "alice@example.com")));
	}

	@Test
	void requestWhenRouteNeedsNoKeyThenATokenCountsAndAProvidersKeyGoesThrough() {
		HttpResponse<String> response = gateway.send(gateway.post("/open/v1/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertOnlyKey(Endpoint.CHAT, "sk-alice");
		assertThat(memory.queries).isEmpty();
		assertThat(chat("/open/v1", user("bob")).statusCode()).isEqualTo(200);
		assertThat(memory.queries).singleElement()
			.satisfies((query) -> assertThat(query.vault()).isEqualTo(vault("acme", "sub", "bob")));
	}

	@ParameterizedTest
	@CsvSource({ "Bearer %s", "DPoP %s", "'Bearer a, Bearer %s'" })
	void requestWhenRouteHasAnAddressOfItsOwnThenTheTokenDoesNotGoThereEither(String value) {
		HttpResponse<String> response = gateway.send(gateway.post("/own/v1/chat/completions", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", value.formatted(user("alice"))));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(received()).singleElement()
			.satisfies((request) -> assertThat(request.getHeader("Authorization")).isNull());
	}

	@ParameterizedTest
	@CsvSource({ "on, on, 1", "read, read, 1", "write, write, 0", "off, off, 0", "dry-run, dry-run, 1" })
	void requestWhenHeaderNamesAModeThenItIsInForce(String asked, String inForce, int recalls) {
		HttpResponse<String> response = chat("/v1", user("alice"), "X-Memory-Mode", asked);
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue(inForce);
		assertThat(memory.queries).hasSize(recalls);
	}

	@Test
	void requestWhenHeaderAndBodyNameModesThenTheHeaderIsACeiling() {
		String body = TestGateway.QUESTION.replaceFirst("\\{", "{\"memory_mode\": \"on\", ");
		HttpResponse<String> response = gateway.send(gateway.post("/v1/chat/completions", body)
			.header("Authorization", "Bearer " + user("alice"))
			.header("X-Provider-Key", PROVIDER_KEY)
			.header("X-Memory-Mode", "write"));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("write");
	}

	@Test
	void requestWhenModeIsJunkThen400() {
		for (String mode : List.of("maybe", "READ", ":read", "")) {
			HttpResponse<String> response = chat("/v1", user("alice"), "X-Memory-Mode", mode);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("X-Memory-Mode");
		}
		assertThat(received()).isEmpty();
	}

	@Test
	void modelsWhenTokenIsValidThenListedWithTheProvidersKey() {
		provider.stubFor(get(urlEqualTo("/openai/models")).willReturn(okJson("{\"data\":[{\"id\":\"gpt\"}]}")));
		HttpResponse<String> response = gateway.send(gateway.request("/v1/models")
			.header("Authorization", "Bearer " + user("alice"))
			.header("X-Provider-Key", PROVIDER_KEY));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("openai/gpt");
		assertThat(received()).isNotEmpty().allSatisfy((request) -> assertThat(text(request)).doesNotContain("eyJ"));
	}

	@Test
	void administrationWhenUsersTokenThen401() {
		for (String path : List.of("/v1/keys", "/v1/provider-keys")) {
			HttpResponse<String> response = remembering
				.send(remembering.request(path).header("Authorization", "Bearer " + user("alice")));
			assertThat(response.statusCode()).isEqualTo(401);
		}
	}

	@Test
	void administrationWhenAKeyIsWantedForAUsersVaultThen400() {
		for (String body : List.of("{\"name\":\"a\",\"vault\":\"%s\"}", "{\"name\":\"a\",\"read_vaults\":[\"%s\"]}")) {
			HttpResponse<String> response = remembering
				.send(remembering.post("/v1/keys", body.formatted(vault("default", "sub", "alice").value()))
					.header("Authorization", "Bearer an-administrators-token"));
			assertThat(response.statusCode()).isEqualTo(400);
		}
	}

	@Test
	void requestWhenIdentityProviderIsDownThenKnownKeysServeAndWithoutAny503() {
		assertThat(chat("/v1", user("alice")).statusCode()).isEqualTo(200);
		provider.stubFor(get("/jwks").willReturn(serverError()));
		assertThat(chat("/v1", user("carol")).statusCode()).isEqualTo(200);
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> response = cutOff.send(cutOff.post("/v1/chat/completions", TestGateway.QUESTION)
				.header("Authorization", "Bearer " + user("alice"))
				.header("X-Provider-Key", PROVIDER_KEY));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
		assertThat(cutOff.send(cutOff.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(200);
	}

	@Test
	void memoryWhenTwoUsersThenEachHasTheirOwn() {
		String alice = user("alice");
		HttpResponse<String> ingested = memory("POST", "/ingest", alice, """
				{"messages":[{"role":"user","content":"My dog Rex is a beagle."},
				{"role":"assistant","content":"What a fine dog."}]}""");
		assertThat(ingested.statusCode()).isEqualTo(202);
		String id = ingested.body().replaceAll("(?s).*\"ids\":\\[\"([^\"]+)\".*", "$1");
		assertThat(prepare(user("alice"))).contains("Rex");
		for (String other : List.of(user("bob"), user("Alice"), user("\u0430lice"),
				token((claims) -> claims.subject("alice").claim("org", "other")))) {
			assertThat(prepare(other)).doesNotContain("Rex");
			assertThat(memory("GET", "/memories/" + id, other, "").statusCode()).isEqualTo(404);
			assertThat(memory("DELETE", "/memories/" + id, other, "").statusCode()).isEqualTo(404);
		}
		assertThat(memory("DELETE", "/memories/" + id, alice, "", "X-Memory-Mode", "read").statusCode()).isEqualTo(403);
		assertThat(memory("GET", "/memories/" + id, alice, "", "X-Memory-Mode", "maybe").statusCode()).isEqualTo(400);
		assertThat(memory("GET", "/memories/" + id, alice, "").statusCode()).isEqualTo(200);
		assertThat(memory("DELETE", "", alice, "").statusCode()).isEqualTo(200);
		assertThat(prepare(alice)).doesNotContain("Rex");
	}

	private static String prepare(String token) {
		// It is found by its words: nobody waits for its vector.
		HttpResponse<String> response = memory("POST", "/prepare", token, """
				{"messages":[{"role":"user","content":"Is my dog Rex a beagle?"}]}""");
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private static HttpResponse<String> memory(String method, String path, String token, String body,
			String... headers) {
		HttpRequest.Builder request = remembering.request("/v1/memory" + path)
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		return remembering.send((headers.length > 0) ? request.headers(headers) : request);
	}

	private static HttpResponse<String> chat(String prefix, String token, String... headers) {
		HttpRequest.Builder request = gateway.post(prefix + "/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer " + token)
			.header("X-Provider-Key", PROVIDER_KEY);
		return gateway.send((headers.length > 0) ? request.headers(headers) : request);
	}

	private static String user(String name) {
		return token((claims) -> claims.subject(name));
	}

	private static String token(Consumer<JWTClaimsSet.Builder> changes) {
		return TestIssuer.token(changes);
	}

	private static VaultId vault(String account, String claim, String user) {
		return VaultId.derivedFrom("https://id.example", account, claim, user);
	}

	private static List<LoggedRequest> received() {
		return provider.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.filter((request) -> !request.getUrl().equals("/jwks"))
			.toList();
	}

	private static String text(LoggedRequest request) {
		return request.getUrl() + request.getHeaders() + request.getBodyAsString();
	}

	private static void assertOnlyKey(Endpoint endpoint, String key) {
		assertThat(received()).singleElement().satisfies((request) -> {
			assertThat(text(request)).doesNotContain("eyJ", "mk_");
			assertThat(request.getHeader(endpoint.credential))
				.isEqualTo(endpoint.credential.equals("Authorization") ? "Bearer " + key : key);
			assertThat(request.getHeaders().all())
				.filteredOn((header) -> List.of("authorization", "x-api-key", "x-goog-api-key", "api-key")
					.contains(header.key().toLowerCase()))
				.hasSize(1);
			assertThat(request.getUrl()).doesNotContain("key=");
		});
	}

	private enum Endpoint {

		CHAT("/v1/chat/completions", message("openai"), "Authorization", true),

		AZURE("/v1/chat/completions", message("azure"), "api-key", true),

		RESPONSES("/v1/responses", "{\"model\":\"openai/m\",\"input\":\"What breed is my dog?\"}", "Authorization",
				true),

		MESSAGES("/v1/messages", message("anthropic"), "x-api-key", true),

		GEMINI("/v1beta/models/google/m:generateContent",
				"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What breed is my dog?\"}]}]}",
				"x-goog-api-key", true),

		EMBEDDINGS("/v1/embeddings", "{\"model\":\"openai/m\",\"input\":\"a\"}", "Authorization", false);

		private final String path;

		private final String body;

		private final String credential;

		private final boolean remembers;

		Endpoint(String path, String body, String credential, boolean remembers) {
			this.path = path;
			this.body = body;
			this.credential = credential;
			this.remembers = remembers;
		}

		private static String message(String provider) {
			return "{\"model\":\"" + provider
					+ "/m\",\"messages\":[{\"role\":\"user\",\"content\":\"What breed is my dog?\"}]}";
		}

		HttpRequest.Builder request(TestGateway gateway, String query) {
			return gateway.post(this.path + query, this.body);
		}

	}

}
