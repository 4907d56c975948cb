package io.memoryrouter.gateway;

import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.AdminToken;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.embedded.EmbeddedProviderKeyRepository;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.provider.EncryptedProviderKeyService;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.keys.provider.ProviderKeyRepository;
import io.memoryrouter.keys.provider.ProviderKeyService;
import io.memoryrouter.keys.provider.SealedProviderKey;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stored provider keys from the administrator's request to the provider, with the real
 * embedded store behind.
 */
class StoredProviderKeysIT {

	private static final String TOKEN = "an-administrators-token";

	private static final String STORED = "sk-stored-secret-1234";

	@TempDir
	private static Path folder;

	private static EmbeddedDatabase database;

	private static WireMockServer provider;

	private static TestGateway gateway;

	@BeforeAll
	static void startAll() {
		database = EmbeddedDatabase.open(folder);
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		String base = provider.baseUrl();
		gateway = TestGateway.start(new FakeMemory(), List.of(Keys.class),
				"memoryrouter.providers.openai.base-url=" + base + "/openai/v1",
				"memoryrouter.providers.openai.api-key=sk-deployment",
				"memoryrouter.providers.anthropic.base-url=" + base + "/anthropic/v1",
				"memoryrouter.providers.google.base-url=" + base + "/google/v1beta",
				"memoryrouter.providers.gone.base-url=http://127.0.0.1:1/v1",
				"memoryrouter.providers.local.base-url=" + base + "/local/v1",
				"memoryrouter.providers.local.key-required=false",
				"spring.cloud.gateway.server.webflux.routes[0].id=all",
				"spring.cloud.gateway.server.webflux.routes[0].uri=no://op",
				"spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/v1/**,/v1beta/**",
				"spring.cloud.gateway.server.webflux.routes[0].filters[0]=Memory");
	}

	@BeforeEach
	void forget() {
		for (String name : List.of("openai", "anthropic", "google", "gone")) {
			admin("DELETE", "/" + name, "");
		}
		provider.resetAll();
		provider.stubFor(any(anyUrl()).willReturn(okJson("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")));
	}

	@AfterAll
	static void stopAll() {
		gateway.close();
		provider.stop();
		database.close();
	}

	private HttpResponse<String> admin(String method, String path, String body) {
		return gateway.send(gateway.request("/v1/provider-keys" + path)
			.header("Authorization", "Bearer " + TOKEN)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	private void store(String provider) {
		assertThat(admin("PUT", "/" + provider, "{\"key\":\"" + STORED + "\"}").statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> chat(String path, String model) {
		return gateway.send(gateway
			.post(path,
					"{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}],"
							+ "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello?\"}]}]}")
			.header("X-Memory-Key", FakeMemory.KEY));
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	@ParameterizedTest
	@CsvSource({ "openai, /v1/chat/completions, openai/gpt, /openai/v1/chat/completions, Authorization, 'Bearer '",
			"anthropic, /v1/messages, anthropic/claude, /anthropic/v1/messages, x-api-key, ''",
			"google, /v1beta/models/google%2Fgemini:generateContent, x, /google/v1beta/models/gemini:generateContent,"
					+ " x-goog-api-key, ''" })
	void chatWhenOnlyTheMemoryKeyIsSentThenProviderGetsTheStoredKey(String name, String path, String model, String url,
			String header, String scheme) {
		store(name);
		assertThat(chat(path, model).statusCode()).isEqualTo(200);
		provider.verify(1, anyRequestedFor(urlPathEqualTo(url)).withHeader(header, equalTo(scheme + STORED))
			.withHeader("X-Memory-Key", absent()));
	}

	@Test
	void chatWhenARequestBringsAKeyThenTheStoredOneIsNotUsed() {
		store("openai");
		gateway.send(gateway.chat(TestGateway.QUESTION));
		provider.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-alice")));
	}

	@Test
	void chatWhenKeyIsDeletedThenTheDeploymentsIsUsedAgain() {
		store("openai");
		chat("/v1/chat/completions", "openai/gpt");
		assertThat(admin("DELETE", "/openai", "").statusCode()).isEqualTo(204);
		assertThat(admin("DELETE", "/openai", "").statusCode()).isEqualTo(404);
		chat("/v1/chat/completions", "openai/gpt");
		provider.verify(1, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-deployment")));
	}

	@Test
	void chatWhenThereIsNoKeyThenTheErrorSaysHowToStoreOne() {
		HttpResponse<String> answer = chat("/v1/messages", "anthropic/claude");
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.body()).contains("PUT /v1/provider-keys/anthropic").contains("authentication_error");
	}

	@Test
	void chatWhenTheKeyIsAnotherAccountsThenItIsNotUsed() {
		ProviderKeyService keys = gateway.context().getBean(ProviderKeyService.class);
		keys.put("other", "anthropic", new ProviderKey(STORED)).block();
		assertThat(chat("/v1/messages", "anthropic/claude").statusCode()).isEqualTo(401);
		assertThat(json(admin("GET", "", "")).path("provider_keys")).isEmpty();
		provider.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void chatWhenStoreIsDownThenOnlyWhoNeedsItIsRefused() {
		database.close();
		HttpResponse<String> refused = chat("/v1/chat/completions", "openai/gpt");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(gateway.send(gateway.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(200);
		assertThat(chat("/v1/chat/completions", "local/llama").statusCode()).isEqualTo(200);
		assertThat(admin("GET", "", "").statusCode()).isEqualTo(503);
		assertThat(admin("PUT", "/openai", "{\"key\":\"" + STORED + "\"}").statusCode()).isEqualTo(503);
		provider.verify(0, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-deployment")));
		database = EmbeddedDatabase.open(folder);
	}

	@Test
	void chatWhenCiphertextIsAnotherAccountsThenItIsNotUsedAndNothingStandsInForIt() {
		store("openai");
		EmbeddedProviderKeyRepository repository = new EmbeddedProviderKeyRepository(database);
		SealedProviderKey sealed = repository.find("default", "openai").block();
		assertThat(sealed).isNotNull();
		repository
			.put(new SealedProviderKey("default", "anthropic", sealed.jwe(), sealed.encryptionKeyId(), "1234",
					sealed.updatedAt()))
			.block();
		HttpResponse<String> answer = chat("/v1/messages", "anthropic/claude");
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(answer.body()).contains("cannot be decrypted").doesNotContain(STORED);
		provider.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void putThenKeyIsDescribedByItsEndAlone() {
		HttpResponse<String> stored = admin("PUT", "/openai", "{\"key\":\"" + STORED + "\"}");
		assertThat(json(stored).path("provider").asString()).isEqualTo("openai");
		assertThat(json(stored).path("last4").asString()).isEqualTo("1234");
		assertThat(json(stored).path("updated_at").asString())
			.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
		assertThat(json(admin("GET", "/openai", ""))).isEqualTo(json(stored));
		assertThat(json(admin("GET", "", "")).path("provider_keys").values()).containsExactly(json(stored));
		assertThat(stored.body()).doesNotContain(STORED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"key\":7}", "{\"key\":\"short\"}", "{\"key\":\"with a space\"}",
			"{\"key\":\"mk_AliceAliceAlice01\"}", "{\"key\":\"sk-long-enough\",\"kye\":1}", "[]", "{" })
	void putWhenKeyCannotBeOneThen400(String body) {
		assertThat(admin("PUT", "/openai", body).statusCode()).isEqualTo(400);
		assertThat(json(admin("GET", "", "")).path("provider_keys").size()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /nobody", "GET, /nobody", "DELETE, /nobody", "POST, /nobody/test" })
	void callWhenProviderIsUnknownThen404NamesThoseThatAreKnown(String method, String path) {
		HttpResponse<String> answer = admin(method, path, "{\"key\":\"" + STORED + "\"}");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("openai", "anthropic", "local");
	}

	@Test
	void callWhenNobodyAdministersThen401() {
		assertThat(
				gateway.send(gateway.request("/v1/provider-keys").header("Authorization", "Bearer " + FakeMemory.KEY))
					.statusCode())
			.isEqualTo(401);
	}

	@Test
	void testWhenProviderAcceptsTheKeyThenSaysSo() {
		assertThat(admin("POST", "/openai/test", "").statusCode()).isEqualTo(404);
		store("openai");
		assertThat(JsonMapper.shared().readValue(admin("POST", "/openai/test", "").body(), Map.class))
			.containsEntry("provider", "openai")
			.containsEntry("ok", true)
			.containsEntry("status", 200)
			.containsEntry("models", 2)
			.containsKey("message");
		provider.verify(1, anyRequestedFor(urlPathEqualTo("/openai/v1/models")).withHeader("Authorization",
				equalTo("Bearer " + STORED)));
	}

	@Test
	void testWhenProviderRefusesTheKeyThenSaysItsStatusAndNothingOfItsText() {
		store("anthropic");
		provider.stubFor(get(urlPathEqualTo("/anthropic/v1/models"))
			.willReturn(jsonResponse("{\"error\":\"" + STORED + " is wrong\"}", 401)));
		HttpResponse<String> answer = admin("POST", "/anthropic/test", "");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer).path("ok").asBoolean()).isFalse();
		assertThat(json(answer).path("status").asInt()).isEqualTo(401);
		assertThat(answer.body()).doesNotContain(STORED);
	}

	@Test
	void testWhenProviderIsGoneThenSaysSo() {
		store("gone");
		JsonNode answer = json(admin("POST", "/gone/test", ""));
		assertThat(answer.path("ok").asBoolean()).isFalse();
		assertThat(answer.path("status").isNull()).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		ProviderKeyService providerKeyService() {
			EncryptionKeys keys = EncryptionKeys.parse(EncryptionKeys.generate("k1", new SecureRandom()), "set");
			return new EncryptedProviderKeyService(repository(), () -> keys);
		}

		/** Asks the database that is open at the time: one test closes it. */
		private static ProviderKeyRepository repository() {
			return (ProviderKeyRepository) Proxy.newProxyInstance(ProviderKeyRepository.class.getClassLoader(),
					new Class<?>[] { ProviderKeyRepository.class }, (proxy, method, arguments) -> method
						.invoke(new EmbeddedProviderKeyRepository(database), arguments));
		}

		@Bean
		AdminTokens adminTokens() {
			return AdminTokens.accepting(AdminToken.of(TOKEN));
		}

	}

}
