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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import io.memoryrouter.gateway.openapi.ApiDocument.Operation;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document against the handlers: the same routes, the answers that it describes, and
 * the requests that it allows and forbids.
 */
class OpenApiIT {

	private static final String TOKEN = "an-administrators-token";

	private static final ApiDocument document = new ApiDocument();

	@TempDir
	private static Path folder;

	private static ScriptedProvider provider;

	private static TestGateway gateway;

	/** A Memory Key with its vault, and what the requests are about. */
	private static Map<String, String> things;

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

	private static Map<String, String> things() {
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

	private static HttpResponse<String> admin(String method, String path, String body) {
		return exchange(method, path, body, "Authorization", "Bearer " + TOKEN);
	}

	private static HttpResponse<String> send(String key, String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("X-Memory-Key", key));
		return exchange(method, path, body, all.toArray(String[]::new));
	}

	private static HttpResponse<String> exchange(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = gateway.request(path).headers(headers);
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		return gateway.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	private static JsonNode body(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	/**
	 * The models' list is answered within a route of the gateway, and so is no handler.
	 */
	@Test
	void routesWhenComparedThenAllHandlersAreDescribedAndNothingElse() {
		Set<String> described = new TreeSet<>(document.operations().values().stream().map(Operation::route).toList());
		assertThat(described.remove("GET /v1/models")).isTrue();
		assertThat(described).isEqualTo(HandlerRoutes.of(gateway.context()));
	}

	/**
	 * A request that succeeds, but for what is changed. What it takes away is there again
	 * afterwards.
	 */
	private static HttpResponse<String> request(String operation, BiConsumer<Map<String, String>, ObjectNode> change) {
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

	static List<String> all() {
		return List.copyOf(document.operations().keySet());
	}

	@ParameterizedTest
	@MethodSource("all")
	void answerWhenTheRequestSucceedsThenIsAsDescribed(String operation) {
		HttpResponse<String> response = request(operation, (parameters, body) -> {
		});
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		assertDescribed(operation, response);
	}

	static List<String> guarded() {
		return document.operations()
			.values()
			.stream()
			.filter((operation) -> !operation.node().path("security").isEmpty())
			.map(Operation::id)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("guarded")
	void answerWhenTheCredentialIsTheOtherKindThenIsAsDescribed(String operation) {
		Operation described = document.operations().get(operation);
		String path = described.path().replace("{provider}", "openai").replace("{id}", "any");
		HttpResponse<String> response = Requests.isAdministration(described)
				? exchange(described.method(), path, "", "Authorization", "Bearer " + things.get("key"))
				: exchange(described.method(), path, "", "Authorization", "Bearer " + TOKEN);
		assertThat(response.statusCode()).isEqualTo(401);
		assertDescribed(operation, response);
	}

	static List<String> ofOneThing() {
		return document.operations()
			.values()
			.stream()
			.filter((operation) -> operation.path().contains("{"))
			.map(Operation::id)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("ofOneThing")
	void answerWhenThereIsNoSuchThingThenIsAsDescribed(String operation) {
		Operation described = document.operations().get(operation);
		String path = described.path().replace("{provider}", "none").replace("{id}", "none");
		String body = Requests.body(operation).isEmpty() ? "" : Requests.body(operation).toString();
		HttpResponse<String> response = Requests.isAdministration(described) ? admin(described.method(), path, body)
				: send(things.get("key"), described.method(), path, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
		assertDescribed(operation, response);
	}

	@Test
	void answerWhenTheKeyOnlyReadsThenIsAsDescribed() {
		for (String operation : List.of("uploadMemories", "updateMemory", "deleteMemory", "eraseVault")) {
			HttpResponse<String> response = request(operation,
					(parameters, body) -> parameters.put("x-api-key", things.get("key") + ":read"));
			assertThat(response.statusCode()).isEqualTo(403);
			assertDescribed(operation, response);
		}
	}

	@Test
	void answerWhenLinesAreWrongOrTooManyThenIsAsDescribed() {
		HttpResponse<String> wrong = send(things.get("key"), "POST", "/v1/memory/upload", "{\"content\":\"a\"}\nb\n");
		assertThat(body(wrong).path("errors")).hasSize(1);
		assertDescribed("uploadMemories", wrong);
		HttpResponse<String> tooMany = send(things.get("key"), "POST", "/v1/memory/upload", "\n".repeat(10_001));
		assertThat(tooMany.statusCode()).isEqualTo(413);
		assertDescribed("uploadMemories", tooMany);
	}

	@Test
	void answerWhenAKeyReadsOtherVaultsThenIsAsDescribed() {
		String vault = things.get("vault");
		JsonNode reader = body(admin("POST", "/v1/keys",
				"{\"name\":\"team\",\"mode\":\"read\",\"expires_at\":\"2999-01-01T00:00:00Z\",\"read_vaults\":[\""
						+ vault + "\"]}"));
		HttpResponse<String> prepared = send(reader.path("key").asString(), "POST", "/v1/memory/prepare",
				Requests.body("prepareContext").toString());
		assertThat(body(prepared).at("/memories/0/vault").asString()).isEqualTo(vault);
		assertDescribed("prepareContext", prepared);
	}

	@Test
	void exportWhenReadThenItsLinesAreAsDescribed() {
		String lines = send(things.get("key"), "GET", "/v1/memory/export", "").body();
		assertThat(lines.lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(
					document.faults("/components/schemas/ExportLine", JsonMapper.shared().readTree(line)))
				.isEmpty());
	}

	private static void assertDescribed(String operation, HttpResponse<String> response) {
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

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#allowedParameters")
	void requestWhenAParameterIsAsDescribedThenIsTaken(Requests.Case allowed) {
		HttpResponse<String> response = request(allowed.operation(),
				(parameters, body) -> parameters.put(allowed.name(), allowed.value().asString()));
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		assertDescribed(allowed.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#forbiddenParameters")
	void requestWhenAParameterIsNotAsDescribedThenIsRefusedByItsName(Requests.Case forbidden) {
		HttpResponse<String> response = request(forbidden.operation(),
				(parameters, body) -> parameters.put(forbidden.name(), forbidden.value().asString()));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").asString()).isEqualTo(forbidden.name());
		assertDescribed(forbidden.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#allowedFields")
	void requestWhenAFieldIsAsDescribedThenIsTaken(Requests.Case allowed) {
		HttpResponse<String> response = request(allowed.operation(),
				(parameters, body) -> body.set(allowed.name(), allowed.value()));
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		assertDescribed(allowed.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#forbiddenFields")
	void requestWhenAFieldIsNotAsDescribedThenIsRefused(Requests.Case forbidden) {
		HttpResponse<String> response = request(forbidden.operation(),
				(parameters, body) -> body.set(forbidden.name(), forbidden.value()));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").isString()).isTrue();
		assertDescribed(forbidden.operation(), response);
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.openapi.Requests#requiredFields")
	void requestWhenARequiredFieldIsMissingThenIsRefusedByItsName(Requests.Case required) {
		HttpResponse<String> response = request(required.operation(), (parameters, body) -> {
			body.remove(required.name());
			body.putNull("none");
			if (!required.isClosed()) {
				return;
			}
			body.remove("none");
			body.putNull(required.name());
		});
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(body(response).at("/error/param").asString()).isEqualTo(required.name());
	}

	@Test
	void documentWhenAskedForThenIsServedToAnybodyOnce() {
		HttpResponse<String> first = gateway.send(gateway.request("/v1/openapi.json"));
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(first.body()).isEqualTo(document.text());
		assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=300, public");
		String etag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> second = gateway.send(gateway.request("/v1/openapi.json").header("If-None-Match", etag));
		assertThat(second.statusCode()).isEqualTo(304);
		assertThat(second.body()).isEmpty();
	}

}
