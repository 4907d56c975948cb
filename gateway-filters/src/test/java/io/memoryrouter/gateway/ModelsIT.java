package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /v1/models}, with real providers' forms.
 */
class ModelsIT {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	private final FakeMemory memory = new FakeMemory();

	private WireMockServer provider;

	private TestGateway gateway;

	@BeforeEach
	void start() {
		this.provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		this.provider.start();
		String base = "http://127.0.0.1:" + this.provider.port();
		this.gateway = TestGateway.start(this.memory, ROUTES + "[0].id=mistral", ROUTES + "[0].uri=no://op",
				ROUTES + "[0].predicates[0]=Path=/mistral/**", ROUTES + "[0].filters[0]=Memory=mistral",
				ROUTES + "[1].id=own", ROUTES + "[1].uri=" + base, ROUTES + "[1].predicates[0]=Path=/own/**",
				ROUTES + "[1].filters[0]=Memory", ROUTES + "[2].id=open", ROUTES + "[2].uri=no://op",
				ROUTES + "[2].predicates[0]=Path=/open/**", ROUTES + "[2].filters[0]=ProviderKey",
				ROUTES + "[3].id=all", ROUTES + "[3].uri=no://op", ROUTES + "[3].predicates[0]=Path=/v1/**",
				ROUTES + "[3].filters[0]=Memory=openai",
				"memoryrouter.providers.mistral.base-url=" + base + "/mistral/v1",
				"memoryrouter.providers.openai.base-url=" + base + "/openai/v1",
				"memoryrouter.providers.openrouter.base-url=" + base + "/openrouter/v1/",
				"memoryrouter.providers.openrouter.api-key=sk-router",
				"memoryrouter.providers.anthropic.base-url=" + base + "/anthropic/v1",
				"memoryrouter.providers.anthropic.api-key=sk-anthropic",
				"memoryrouter.providers.google.base-url=" + base + "/google/v1beta",
				"memoryrouter.providers.google.api-key=AIza-deployment",
				"memoryrouter.providers.azure.base-url=" + base + "/azure/v1",
				"memoryrouter.providers.azure.api-key=sk-azure",
				"memoryrouter.providers.local.base-url=" + base + "/local/v1",
				"memoryrouter.providers.local.key-required=false", "memoryrouter.default-model=local/first");
		stub("/openai/v1/models", "Authorization", "Bearer sk-alice", "{\"data\":[{\"id\":\"gpt-5.5\"}]}");
		stub("/openrouter/v1/models", "Authorization", "Bearer sk-router",
				"{\"data\":[{\"id\":\"meta-llama/llama-4\",\"name\":\"Llama\"}]}");
		stub("/anthropic/v1/models", "x-api-key", "sk-anthropic",
				"{\"data\":[{\"id\":\"claude\"}],\"has_more\":false}");
		stub("/google/v1beta/models", "x-goog-api-key", "AIza-deployment",
				"{\"models\":[{\"name\":\"models/gemini-2.5-flash\"}]}");
		stub("/mistral/v1/models", "Authorization", "Bearer sk-alice", "{\"data\":[{\"id\":\"mistral-large\"}]}");
		stub("/azure/v1/models", "api-key", "sk-azure", "[{\"id\":\"deployment\"}]");
		this.provider.stubFor(get("/local/v1/models").willReturn(serverError()));
	}

	private void stub(String path, String header, String value, String body) {
		this.provider.stubFor(get(urlPathEqualTo(path)).withHeader(header, equalTo(value)).willReturn(okJson(body)));
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.provider.stop();
	}

	@Test
	void listThenModelsOfAllProvidersWithAKeyAndTheDefault() {
		JsonNode list = list(request().header("Authorization", "Bearer sk-alice"));
		assertThat(list.path("object").asString()).isEqualTo("list");
		assertThat(list.path("data").valueStream().map((model) -> model.path("id").asString()))
			.containsExactlyInAnyOrder("local/first", "openai/gpt-5.5", "openrouter/meta-llama/llama-4",
					"anthropic/claude", "google/gemini-2.5-flash", "azure/deployment");
		assertThat(list.path("data").valueStream()).allSatisfy((model) -> {
			assertThat(model.path("object").asString()).isEqualTo("model");
			assertThat(model.path("created").isIntegralNumber()).isTrue();
			assertThat(model.path("owned_by").asString()).isNotEmpty();
		});
	}

	@Test
	void listWhenKeyComesWithTheRequestThenItGoesToOneProviderAlone() {
		list(request().header("Authorization", "Bearer sk-alice"));
		this.provider.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-alice")));
		list(request().header("X-Provider-Key", "sk-alice").header("X-Provider", "azure"));
		this.provider.verify(1, getRequestedFor(anyUrl()).withHeader("api-key", equalTo("sk-alice")));
	}

	@Test
	void listWhenAskedAgainThenOnlyTheCallersOwnKeyIsUsedAgain() {
		list(request().header("Authorization", "Bearer sk-alice"));
		list(request().header("Authorization", "Bearer sk-alice"));
		this.provider.verify(2, getRequestedFor(urlPathEqualTo("/openai/v1/models")));
		for (String other : new String[] { "/openrouter/v1/models", "/anthropic/v1/models", "/local/v1/models" }) {
			this.provider.verify(1, getRequestedFor(urlPathEqualTo(other)));
		}
	}

	@Test
	void listWhenNoKeyOfAProviderThenItsModelsAreNotThereAndItIsNotAsked() {
		JsonNode list = list(this.gateway.request("/v1/models").header("Authorization", "Bearer " + FakeMemory.KEY));
		assertThat(list.toString()).doesNotContain("openai/").contains("anthropic/claude");
		this.provider.verify(0, getRequestedFor(urlPathEqualTo("/openai/v1/models")));
	}

	@Test
	void listWhenClientIsAnthropicsThenInItsForm() {
		JsonNode page = list(request().header("anthropic-version", "2023-06-01").header("x-api-key", "sk-anthropic"));
		assertThat(page.path("has_more").asBoolean(true)).isFalse();
		assertThat(page.path("first_id").asString()).isEqualTo("local/first");
		assertThat(page.path("data").get(0).path("type").asString()).isEqualTo("model");
		assertThat(page.path("data").get(0).path("display_name").asString()).isEqualTo("first");
	}

	@Test
	void listWhenClientIsGooglesThenInItsForm() {
		JsonNode page = list(
				request().header("x-goog-api-client", "google-genai-sdk/3.4").header("x-goog-api-key", "AIza-own"));
		assertThat(page.path("models").valueStream().map((model) -> model.path("name").asString()))
			.contains("models/local/first", "models/anthropic/claude");
		this.provider.verify(1, getRequestedFor(anyUrl()).withHeader("x-goog-api-key", equalTo("AIza-own")));
	}

	@Test
	void listWhenRouteHasAProviderThenTheKeyIsThatProvidersAlone() {
		JsonNode list = list(this.gateway.request("/mistral/v1/models")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice"));
		assertThat(list.toString()).contains("mistral/mistral-large", "anthropic/claude").doesNotContain("openai/");
		this.provider.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-alice")));
	}

	@Test
	void listWhenNothingSaysWhoseTheKeyIsThenItGoesToNobody() {
		JsonNode list = list(this.gateway.request("/open/v1/models").header("Authorization", "Bearer sk-alice"));
		assertThat(list.toString()).contains("anthropic/claude").doesNotContain("openai/", "mistral/");
		this.provider.verify(0, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer sk-alice")));
	}

	@Test
	void listWhenRouteHasAnAddressThenItIsAskedThere() {
		this.provider.stubFor(get("/own/v1/models").willReturn(okJson("{\"theirs\":true}")));
		HttpResponse<String> response = this.gateway
			.send(this.gateway.request("/own/v1/models").header("X-Memory-Key", FakeMemory.KEY));
		assertThat(response.body()).isEqualTo("{\"theirs\":true}");
		this.provider.verify(1, getRequestedFor(anyUrl()));
	}

	@Test
	void listWhenHeaderNamesAnUnknownProviderThen400() {
		HttpResponse<String> response = this.gateway.send(request().header("X-Provider", "nobody"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("X-Provider");
	}

	@ParameterizedTest
	@CsvSource({ "/v1/models/mistral%2Fmistral-large,/mistral/v1/models/mistral-large",
			"/v1/models/mistral/mistral-large,/mistral/v1/models/mistral-large",
			"/v1/models/gpt-5.5,/openai/v1/models/gpt-5.5", "/v1/models/a%2Fb,/openai/v1/models/a%2Fb" })
	void getOneThenItsPrefixChoosesTheProvider(String path, String url) {
		this.provider.stubFor(get(url).willReturn(okJson("{\"one\":true}")));
		HttpResponse<String> response = this.gateway.send(this.gateway.request(path)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.body()).isEqualTo("{\"one\":true}");
	}

	@Test
	void listWhenNoMemoryKeyThen401() {
		assertThat(this.gateway.send(this.gateway.request("/v1/models")).statusCode()).isEqualTo(401);
		this.provider.verify(0, getRequestedFor(anyUrl()));
	}

	private HttpRequest.Builder request() {
		return this.gateway.request("/v1/models").header("X-Memory-Key", FakeMemory.KEY + ":off");
	}

	private JsonNode list(HttpRequest.Builder request) {
		HttpResponse<String> response = this.gateway.send(request);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).doesNotContain("sk-");
		return JsonMapper.shared().readTree(response.body());
	}

}
