package io.memoryrouter.gateway.api.memories;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.keys.KeyMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static io.memoryrouter.gateway.api.memories.ManagedGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A word that came in by every way there is: after the erasure neither it nor a key that
 * it was sealed with is in any file, and nothing that was kept of it answers any more.
 */
class ErasureCanaryIT {

	private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0].";

	private static final String CONVERSATION = """
			{"model": "openai/gpt-5.5", "messages": [%s{"role": "user", "content": "What is my dog called?"}]}""";

	private static final String FIRST_TURN = """
			{"role": "user", "content": "What is my dog called?"}, {"role": "assistant", "content": "Let me think."},
			""";

	private static final ScriptedProvider PROVIDER = ScriptedProvider.start();

	@TempDir
	private static Path folder;

	private static ManagedGateway gateway;

	private static int tests;

	private String key;

	@BeforeAll
	static void start() {
		gateway = new ManagedGateway(folder, "memoryrouter.providers.openai.base-url=" + PROVIDER.url() + "/v1",
				"memoryrouter.context.sticky=session", ROUTE + "id=openai", ROUTE + "uri=no://op",
				ROUTE + "predicates[0]=Path=/v1/**", ROUTE + "filters[0]=Memory=openai");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		PROVIDER.close();
	}

	@BeforeEach
	void makeVault() {
		this.key = gateway.key("canary" + tests++, KeyMode.ON);
	}

	private HttpResponse<String> chat(String messages) {
		return gateway.gateway()
			.send(gateway.gateway()
				.post("/v1/chat/completions", CONVERSATION.formatted(messages))
				.headers("X-Memory-Key", this.key, "Authorization", "Bearer sk-alice", "X-Session-ID", "s",
						"X-Memory-Debug", "true"));
	}

	private void memories(int count) {
		await().atMost(ManagedGateway.TIMEOUT)
			.until(() -> gateway.get(this.key, "/stats").path("memories").asInt() == count);
	}

	private void bringIn() {
		gateway.send(this.key, "POST", "/upload",
				"{\"content\":\"My dog is called canary-of-the-upload.\",\"speaker\":\"canary-who-speaks\",\"session_id\":\"s\"}");
		gateway.send(this.key, "POST", "/ingest", """
				{"messages": [{"role": "user", "content": "My dog is called canary-of-the-ingest."}]}""",
				"Content-Type", "application/json", "X-Session-ID", "s", "Idempotency-Key", "canary-in-a-key");
		String id = gateway.store("canary" + (tests - 1), "s", "My dog is called canary-before-the-patch.",
				java.time.Instant.EPOCH);
		json(gateway.send(this.key, "PATCH", "/memories/" + id, "{\"text\":\"My dog is called canary-of-the-patch.\"}"),
				200);
	}

	private String ask() {
		PROVIDER.answer((connection) -> connection
			.json("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"It is canary-of-the-json.\"}}]}"));
		HttpResponse<String> answer = chat("");
		assertThat(PROVIDER.onlyRequest().text()).contains("canary-of-the-upload");
		PROVIDER.answer((connection) -> connection.respond("200 OK", "text/event-stream", """
				data: {"choices":[{"delta":{"content":"It is canary-of-"}}]}

				data: {"choices":[{"delta":{"content":"the-stream."},"finish_reason":"stop"}]}

				data: [DONE]

				"""));
		chat(FIRST_TURN);
		return answer.headers().firstValue("X-Memory-Receipt").orElseThrow();
	}

	@Test
	void eraseThenNothingOfItIsLeft() throws IOException {
		bringIn();
		memories(3);
		List<String> keys = sealKeys();
		String receipt = ask();
		memories(7);
		keys.addAll(sealKeys());
		assertThat(gateway.send(this.key, "GET", "/export", "").body()).contains("canary-of-the-upload",
				"canary-who-speaks", "canary-of-the-ingest", "canary-of-the-patch", "canary-of-the-json",
				"canary-of-the-stream");
		assertThat(gateway.get(this.key, "/receipts/" + receipt).toString()).contains("canary");
		assertThat(files()).contains(keys);

		JsonNode erasure = json(gateway.send(this.key, "DELETE", "", "", "X-Session-ID", "s"), 200);

		assertThat(erasure).hasToString("{\"deleted\":{\"memories\":7,\"receipts\":3,\"idempotency_records\":1},"
				+ "\"remaining\":{\"memories\":0,\"receipts\":0,\"idempotency_records\":0}}");
		assertThat(files()).doesNotContain("canary-").doesNotContain(keys);
		assertThat(gateway.send(this.key, "GET", "/export", "").body()).isEmpty();
		assertThat(gateway.send(this.key, "GET", "/receipts/" + receipt, "").statusCode()).isEqualTo(404);
		PROVIDER.answer((connection) -> connection.json("{}"));
		chat(FIRST_TURN);
		assertThat(PROVIDER.onlyRequest().text()).contains("What is my dog called?")
			.doesNotContain("canary-of", "canary-before");
	}

	@Test
	void deleteOrPatchThenNothingOfTheOldTextIsLeft() throws IOException {
		bringIn();
		memories(3);
		List<String> keys = sealKeys();
		String receipt = ask();
		JsonNode memories = gateway.get(this.key, "/memories?q=canary").path("memories");
		assertThat(memories.size()).isEqualTo(5);
		keys.addAll(sealKeys());
		assertThat(files()).contains(keys);
		for (int i = 0; i < memories.size(); i++) {
			String path = "/memories/" + memories.get(i).path("id").asString();
			HttpResponse<String> answer = (i % 2 == 0) ? gateway.send(this.key, "DELETE", path, "")
					: gateway.send(this.key, "PATCH", path, "{\"text\":\"My dog has no name.\"}");
			assertThat(answer.statusCode()).isBetween(200, 204);
		}
		// The two questions are still there.
		List<String> left = sealKeys();
		assertThat(files()).doesNotContain("canary-")
			.doesNotContain(keys.stream().filter((key) -> !left.contains(key)).toList());
		assertThat(gateway.send(this.key, "GET", "/receipts/" + receipt, "").body()).doesNotContain("canary-of",
				"canary-before");
		PROVIDER.answer((connection) -> connection.json("{}"));
		chat(FIRST_TURN);
		assertThat(PROVIDER.onlyRequest().text()).doesNotContain("canary-of", "canary-before");
		json(gateway.send(this.key, "DELETE", "", ""), 200);
	}

	/** The keys of all memories that there are. */
	private static List<String> sealKeys() {
		List<String> keys = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT key FROM seal JOIN memory USING (sequence)")) {
			while (rows.next()) {
				keys.add(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
			}
			return keys;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path database() {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".db")).findFirst().orElseThrow();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String files() throws IOException {
		StringBuilder content = new StringBuilder();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				content.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
			}
		}
		return content.toString();
	}

}
