package io.memoryrouter.gateway.openapi;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.memoryrouter.gateway.openapi.ApiDocument.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document against the handlers: the same routes, and the answers that it describes.
 */
class OpenApiIT extends AbstractOpenApiIT {

	/**
	 * The models' list is answered within a route of the gateway, and so is no handler.
	 */
	@Test
	void routesWhenComparedThenAllHandlersAreDescribedAndNothingElse() {
		Set<String> described = new TreeSet<>(document.operations().values().stream().map(Operation::route).toList());
		assertThat(described.remove("GET /v1/models")).isTrue();
		assertThat(described).isEqualTo(HandlerRoutes.of(gateway.context()));
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
