package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users with their company's tokens, on the embedded store: what each finds there, and
 * that nobody becomes an administrator.
 */
class VaultClaimStoreIT extends AbstractVaultClaimIT {

	@TempDir
	private static Path folder;

	private static TestGateway remembering;

	@BeforeAll
	static void start() {
		remembering = TestGateway.startWithMemory(folder,
				properties(provider.baseUrl(), "memoryrouter.context.deadline=20s"));
	}

	@AfterAll
	static void stop() {
		remembering.close();
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

}
