package io.memoryrouter.gateway.conformance;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.keys.KeyMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends every control and every key in every place at once, and looks at what the
 * provider gets and what the client gets back.
 */
class NothingOfOursIT {

	private static final String KEY = "mk_EverywhereEverywhere01";

	private static final String OLD_SPELLING = KEY.replace('_', '-');

	private static final String PROVIDER_KEY = "sk-for-this-call";

	private static final String DEPLOYMENT_KEY = "sk-of-the-deployment";

	private static final List<String> CREDENTIALS = List.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

	private static final String CONTROLS = "mode=on&memory=true&store=true&foo=a%20b&store_response=true&limit=20"
			+ "&scope=vault&debug=true&m%6Fde=on";

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = ConformanceDialect.all(GatewayExtension.between(memory, provider))
		.with(deploymentKeys())
		.with("memoryrouter.context.deadline=10s")
		.route(Route.when("Path=/**").filter("Memory=openai"));

	private static String[] deploymentKeys() {
		return Arrays.stream(ConformanceDialect.values())
			.map((dialect) -> "memoryrouter.providers." + dialect.provider() + ".api-key=" + DEPLOYMENT_KEY)
			.toArray(String[]::new);
	}

	@BeforeEach
	void accept() {
		memory.accept(KEY, KeyMode.ON);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenTheMemoryKeyIsEverywhereThenTheProviderGetsItsOwnKeyAlone(ConformanceDialect dialect) {
		HttpRequest.Builder request = request(dialect, "&key=" + KEY + "&%6Bey=" + OLD_SPELLING + ":read")
			.header("X-Memory-Key", KEY)
			.header("X-Memory-Key", OLD_SPELLING + ":read")
			.header("Authorization", "Bearer " + KEY)
			.header("authorization", "bearer  " + OLD_SPELLING)
			.header("x-api-key", KEY)
			.header("x-goog-api-key", KEY)
			.header("api-key", KEY)
			.header("X-Provider-Key", PROVIDER_KEY);
		assertNothingOfOurs(dialect, gateway.send(request), PROVIDER_KEY);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenOtherKeysAreEverywhereThenTheProviderGetsOne(ConformanceDialect dialect) {
		HttpRequest.Builder request = request(dialect, "&key=sk-query").header("X-Memory-Key", KEY)
			.header("Authorization", "Bearer sk-bearer")
			.header("x-api-key", "sk-x-api")
			.header("x-goog-api-key", "sk-goog")
			.header("api-key", "sk-azure")
			.header("X-Provider-Key", PROVIDER_KEY);
		assertNothingOfOurs(dialect, gateway.send(request), PROVIDER_KEY);
		assertThat(provider.onlyRequest().line()).doesNotContain("sk-");
		assertThat(provider.onlyRequest().headerLines()).filteredOn((line) -> line.contains("sk-")).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenThereIsNoOtherKeyThenTheProviderGetsTheDeploymentsAlone(ConformanceDialect dialect) {
		HttpRequest.Builder request = request(dialect, "&key=" + KEY).header("x-api-key", KEY);
		HttpResponse<String> response = gateway.send(request);
		assertNothingOfOurs(dialect, response, DEPLOYMENT_KEY);
	}

	@Test
	void requestWhenItsEndpointHasNoMemoryThenItsQueryIsTheProvidersAndNothingElseIsOurs() {
		HttpRequest.Builder request = ownHeaders(gateway.request("/v1/files?limit=5&mode=x&key=" + KEY))
			.header("Authorization", "Bearer " + KEY)
			.header("X-Provider-Key", PROVIDER_KEY);
		HttpResponse<String> response = gateway.send(request);
		ScriptedProvider.Received received = received(response);
		assertThat(received.line()).isEqualTo("GET /v1/files?limit=5&mode=x HTTP/1.1");
		assertHeaders(received, PROVIDER_KEY);
		assertAnswer(response, PROVIDER_KEY);
	}

	private static HttpRequest.Builder request(ConformanceDialect dialect, String query) {
		String path = dialect.path();
		HttpRequest.Builder request = gateway.request(path + (path.contains("?") ? "&" : "?") + CONTROLS + query)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(Corpus.request(dialect, "controls-everywhere.json").sent()));
		return ownHeaders(request);
	}

	private static HttpRequest.Builder ownHeaders(HttpRequest.Builder request) {
		return request.header("X-Session-ID", "s-1")
			.header("X-Memory-Mode", "on")
			.header("x-memory-store", "true")
			.header("X-MEMORY-STORE-RESPONSE", "true")
			.header("X-Memory-Context-Limit", "20")
			.header("X-Memory-Scope", "vault")
			.header("X-Memory-Debug", "true")
			.header("X-Memory-Unheard-Of", "x")
			.header("X-Theirs", "stays");
	}

	private static void assertNothingOfOurs(ConformanceDialect dialect, HttpResponse<String> response, String key) {
		ScriptedProvider.Received received = received(response);
		String query = received.line().substring(received.line().indexOf('?'));
		assertThat(query).contains("foo=a%20b").doesNotContainPattern("(?i)mk[_-]|mode|memory|limit|scope");
		assertThat(query).doesNotContain("store", "debug", "key=");
		assertHeaders(received, key);
		assertThat(received.text()).contains(FakeMemory.FACT).doesNotContain("mk_", "mk-", "\"s,}", key);
		String withoutBlock = received.text().replaceAll("(\\\\n\\\\n)?<recalled-memories>.*?</recalled-memories>", "");
		SameBytes.assertSame(withoutBlock.getBytes(StandardCharsets.UTF_8),
				Corpus.request(dialect, "controls-everywhere.json").forwarded(), "the body without the block");
		assertAnswer(response, key);
	}

	private static ScriptedProvider.Received received(HttpResponse<String> response) {
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		return provider.onlyRequest();
	}

	private static void assertHeaders(ScriptedProvider.Received received, String key) {
		assertThat(received.headerLines()).contains("X-Theirs: stays").noneMatch(NothingOfOursIT::isOurs);
		assertThat(received.headerLines()).filteredOn((line) -> CREDENTIALS.contains(name(line)))
			.singleElement()
			.satisfies((line) -> assertThat(line.substring(line.indexOf(':') + 1).strip()).isIn(key, "Bearer " + key));
	}

	private static boolean isOurs(String line) {
		String name = name(line);
		return name.startsWith("x-memory") || name.startsWith("x-session") || name.startsWith("x-provider")
				|| line.toLowerCase(Locale.ROOT).matches(".*mk[_-].*");
	}

	private static String name(String line) {
		return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
	}

	private static void assertAnswer(HttpResponse<String> response, String key) {
		assertThat(response.headers().map().toString() + response.body()).doesNotContain(key, KEY, OLD_SPELLING, "sk-");
	}

}
