package io.memoryrouter.gateway.openapi;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.memoryrouter.gateway.openapi.ApiDocument.Operation;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with everything in it that the document describes, and what it takes to
 * compare the two.
 */
abstract class AbstractOpenApiIT {

	static final String TOKEN = "an-administrators-token";

	static final ApiDocument document = new ApiDocument();

	@TempDir
	static Path folder;

	static ScriptedProvider provider;

	static TestGateway gateway;

	/** A Memory Key with its vault, and what the requests are about. */
	static Map<String, String> things;

	@BeforeAll
	static void start() throws Exception {
		provider = ScriptedProvider.start();
		provider.answer((connection) -> connection.json("{\"data\":[{\"id\":\"gpt-5.5\"}]}"));
		gateway = TestGateway.startWithMemory(folder, "memoryrouter.admin.token=" + TOKEN,
				"memoryrouter.providers.openai.base-url=" + provider.url() + "/v1", "memoryrouter.context.deadline=20s",
				"spring.cloud.gateway.server.webflux.routes[0].id=all",
				"spring.cloud.gateway.server.webflux.routes[0].uri=no://op",
				"spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/v1/**",
				"spring.cloud.gateway.server.webflux.routes[0].filters[0]=Memory");
		things = things();
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
		provider.close();
	}

	static Map<String, String> things() {
		Map<String, String> made = new LinkedHashMap<>();
		JsonNode key = body(admin("POST", "/v1/keys", "{\"name\":\"alice\"}"));
		made.put("key", key.path("key").asString());
		made.put("vault", key.path("vault").asString());
		JsonNode other = body(admin("POST", "/v1/keys", "{\"name\":\"bob\"}"));
		made.put("keyId", other.path("id").asString());
		admin("PUT", "/v1/provider-keys/openai", "{\"key\":\"sk-stored-secret\"}");
		HttpResponse<String> ingested = send(made.get("key"), "POST", "/v1/memory/ingest", """
				{"messages":[{"role":"user","content":"My dog is called Rex."},
				 {"role":"assistant","content":"A fine name."}]}""", "X-Session-ID", "s-1");
		made.put("memory", body(ingested).at("/ids/0").asString());
		HttpResponse<String> prepared = send(made.get("key"), "POST", "/v1/memory/prepare",
				"{\"messages\":[{\"role\":\"user\",\"content\":\"What is my dog called?\"}]}", "X-Memory-Debug",
				"true");
		made.put("receipt", body(prepared).path("receipt").asString());
		return made;
	}

	/**
	 * A request that succeeds, but for what is changed. What it takes away is there again
	 * afterwards.
	 */
	static HttpResponse<String> request(String operation, BiConsumer<Map<String, String>, ObjectNode> change) {
		Operation described = document.operations().get(operation);
		ObjectNode body = Requests.body(operation);
		Map<String, String> parameters = new LinkedHashMap<>();
		change.accept(parameters, body);
		String path = described.path()
			.replace("{provider}", "openai")
			.replace("{id}", things.get(described.path().contains("receipts") ? "receipt"
					: described.path().contains("keys") ? "keyId" : "memory"));
		List<String> headers = new ArrayList<>(Requests.isAdministration(described)
				? List.of("Authorization", "Bearer " + TOKEN) : List.of("X-Memory-Key", things.get("key")));
		StringBuilder query = new StringBuilder();
		parameters.forEach((name, value) -> {
			if (Requests.isQuery(described, name)) {
				query.append(query.isEmpty() ? '?' : '&')
					.append(name)
					.append('=')
					.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
			}
			else {
				headers.addAll(List.of(name, value));
			}
		});
		HttpResponse<String> response = exchange(described.method(), path + query,
				body.isEmpty() ? "" : body.toString(), headers.toArray(String[]::new));
		if (described.method().equals("DELETE") || operation.equals("rotateKey")) {
			things = things();
		}
		return response;
	}

	static HttpResponse<String> admin(String method, String path, String body) {
		return exchange(method, path, body, "Authorization", "Bearer " + TOKEN);
	}

	static HttpResponse<String> send(String key, String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("X-Memory-Key", key));
		return exchange(method, path, body, all.toArray(String[]::new));
	}

	static HttpResponse<String> exchange(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = gateway.request(path).headers(headers);
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		return gateway.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	static JsonNode body(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	static void assertDescribed(String operation, HttpResponse<String> response) {
		Operation described = document.operations().get(operation);
		String pointer = described.pointer() + "/responses/" + response.statusCode();
		JsonNode answer = document.root().at(pointer);
		assertThat(answer.isMissingNode()).as("%s %s", operation, response).isFalse();
		String whole = answer.has("$ref") ? answer.path("$ref").asString().substring(1) : pointer;
		JsonNode content = document.resolve(answer).path("content");
		if (content.isMissingNode()) {
			assertThat(response.body()).isEmpty();
			return;
		}
		String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
		assertThat(content.has(type)).as("%s answers %s", operation, type).isTrue();
		JsonNode body = type.endsWith("ndjson") ? JsonMapper.shared().valueToTree(response.body()) : body(response);
		assertThat(document.faults(whole + "/content/" + ApiDocument.escape(type) + "/schema", body))
			.as("%s %s", operation, response.body())
			.isEmpty();
	}

}
