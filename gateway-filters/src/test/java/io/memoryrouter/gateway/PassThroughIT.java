package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints without memory, from a client to its provider.
 */
class PassThroughIT {

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/openai/v1")
		.provider("mistral", "/mistral/v1")
		.provider("anthropic", "/anthropic/v1")
		.provider("google", "/google/v1beta")
		.with("memoryrouter.limits.body-size=100KB")
		.route(Route.when("Path=/**").filter("Memory=openai"));

	@Test
	void postWhenModelHasPrefixThenItChoosesTheProviderAndGoes() {
		HttpResponse<String> response = send("/v1/embeddings",
				"{\"input\": [1.0, \"\\u00e9\"],\n\"memory_limit\": \"4g\", \"model\": \"mistral/mistral-embed\" }");
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo("/mistral/v1/embeddings");
		assertThat(received.getBodyAsString())
			.isEqualTo("{\"input\": [1.0, \"\\u00e9\"],\n\"memory_limit\": \"4g\", \"model\": \"mistral-embed\" }");
		assertThat(received.getHeader("Content-Length")).isEqualTo(String.valueOf(received.getBody().length));
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("mistral");
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("off");
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}", "{\"model\":7}", "{\"model\":",
			"[]", "", "not json", "{\"model\":\"unknown/m\"}", "{\"messages\":[{\"memory\":false}],\"memory\":true}" })
	void postWhenBodyNamesNoProviderThenItGoesToTheRoutesAsItCame(String body) {
		assertThat(send("/v1/embeddings", body).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/openai/v1/embeddings");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(body);
	}

	@Test
	void postWhenNotJsonThenStreamsThroughWhateverItsSize() {
		String file = "x".repeat(1_000_000) + "{\"model\":\"mistral/m\"}";
		HttpResponse<String> response = gateway.send(gateway.request("/v1/files")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")
			.header("Content-Type", "multipart/form-data; boundary=x")
			.POST(HttpRequest.BodyPublishers.ofString(file)));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/openai/v1/files");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(file);
	}

	@Test
	void postWhenJsonIsLargerThanTheLimitThenStreamsThroughToTheRoutesProvider() {
		String body = "{\"model\":\"mistral/m\",\"input\":\"" + "x".repeat(200_000) + "\"}";
		assertThat(send("/v1/embeddings", body).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/openai/v1/embeddings");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(body);
	}

	@Test
	void postWhenJsonTurnsOutToBeLargerThanTheLimitThen413() {
		byte[] body = ("{\"input\":\"" + "x".repeat(200_000) + "\"}").getBytes();
		HttpResponse<String> response = gateway.send(gateway.request("/v1/embeddings")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(body))));
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.body()).contains("request_too_large");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
			"/v1/messages/count_tokens | {\"memory\":true,\"model\":\"anthropic/c\",\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"memory\":false}]} "
					+ "| /anthropic/v1/messages/count_tokens | {\"model\":\"c\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
			"/v1/responses/input_tokens | {\"model\":\"mistral/c\",\"input\":\"a\",\"session_id\":\"s\"} "
					+ "| /mistral/v1/responses/input_tokens | {\"model\":\"c\",\"input\":\"a\"}",
			"/v1beta/models/google/g:countTokens | {\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"memory_mode\":\"off\"} "
					+ "| /google/v1beta/models/g:countTokens | {\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}" })
	void postWhenTokensAreCountedThenOurFieldsGo(String path, String body, String url, String forwarded) {
		assertThat(send(path, body).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo(url);
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(forwarded);
		assertThat(memory.queries).isEmpty();
	}

	@Test
	void postWhenTokensAreCountedAndAControlIsWrongThen400() {
		HttpResponse<String> response = send("/v1/messages/count_tokens",
				"{\"memory_mode\":\"maybe\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).startsWith("{\"type\":\"error\"").contains("memory_mode");
	}

	@ParameterizedTest
	@CsvSource({ "/v1beta/models/google/g:embedContent,/google/v1beta/models/g:embedContent",
			"/v1beta/models/google%2Fg:embedContent,/google/v1beta/models/g:embedContent",
			"/v1beta/models/g:embedContent,/openai/v1/models/g:embedContent" })
	void postWhenPathNamesTheModelThenItsPrefixChoosesTheProvider(String path, String url) {
		String body = "{\"model\":\"mistral/other\",\"content\":{\"parts\":[{\"text\":\"a\"}]}}";
		assertThat(send(path, body).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo(url);
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(body);
	}

	@ParameterizedTest
	@CsvSource({ "/v1beta/models/google/g,/google/v1beta/models/g",
			"/v1beta/models/google%2Fg%20h?pageSize=1,/google/v1beta/models/g%20h?pageSize=1",
			"/v1beta/models/google/g:somethingNew,/google/v1beta/models/g:somethingNew",
			"/v1beta/models/g,/openai/v1/models/g", "/v1beta/models,/openai/v1/models" })
	void getWhenPathNamesAModelThenItsPrefixChoosesTheProvider(String path, String url) {
		HttpResponse<String> response = gateway
			.send(gateway.request(path).header("X-Memory-Key", FakeMemory.KEY).header("X-Provider-Key", "sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/../admin", "/v1/files/%2e%2E/%2e./admin", "/v1/files/..%2f..%5Cadmin", "/v1/./files",
			"/v1/models/mistral/../../admin", "/v1beta/models/google/%2e%2e%2fx:embedContent", "/v1/files/.." })
	void requestWhenPathLeadsOutOfTheApiThen400(String path) {
		HttpResponse<String> response = gateway
			.send(gateway.request(path).header("X-Memory-Key", FakeMemory.KEY).header("X-Provider-Key", "sk-alice"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void getWhenPathHasDotsInNamesThenItIsOneOfTheApi() {
		HttpResponse<String> response = gateway.send(gateway.request("/v1/files/.a/..b/c../d.e/...")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", "sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/openai/v1/files/.a/..b/c../d.e/...");
	}

	@ParameterizedTest
	@CsvSource({ "anthropic,/anthropic/v1/files?limit=5", "mistral,/mistral/v1/files?limit=5" })
	void getWhenHeaderNamesTheProviderThenItGoesThere(String name, String url) {
		HttpResponse<String> response = gateway.send(gateway.request("/v1/files?limit=5")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", "sk-alice")
			.header("X-Provider", name));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo(url);
		assertThat(provider.onlyRequest().containsHeader("X-Provider")).isFalse();
	}

	private static HttpResponse<String> send(String path, String body) {
		return gateway
			.send(gateway.post(path, body).header("X-Memory-Key", FakeMemory.KEY).header("X-Provider-Key", "sk-alice"));
	}

}
