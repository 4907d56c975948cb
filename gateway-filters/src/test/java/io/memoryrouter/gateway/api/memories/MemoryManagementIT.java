package io.memoryrouter.gateway.api.memories;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.receipt.Receipt;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.memoryrouter.gateway.api.memories.ManagedGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Managing a vault by HTTP, with the real embedded store behind.
 */
class MemoryManagementIT {

	private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.123Z");

	@TempDir
	private static Path folder;

	private static ManagedGateway gateway;

	private static int tests;

	private String vault;

	private String key;

	@BeforeAll
	static void start() {
		gateway = new ManagedGateway(folder);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void makeVault(TestInfo test) {
		this.vault = "vault" + tests++;
		this.key = gateway.key(this.vault, KeyMode.ON);
	}

	private String store(String text) {
		return gateway.store(this.vault, null, text, TIME);
	}

	private HttpResponse<String> send(String method, String path, String body) {
		return gateway.send(this.key, method, path, body);
	}

	private static void assertRefused(HttpResponse<String> response, int status, String param) {
		assertThat(json(response, status).path("error").path("param").asString("")).isEqualTo(param);
	}

	private static List<String> texts(JsonNode page) {
		List<String> texts = new ArrayList<>();
		page.path("memories").forEach((memory) -> texts.add(memory.path("text").asString()));
		return texts;
	}

	@Test
	void listThenNewestFirstWithWhatEachIs() {
		gateway.store(this.vault, "s1", "Older", TIME);
		String id = gateway.store(this.vault, null, "Newer", TIME.plusSeconds(1));
		JsonNode page = gateway.get(this.key, "/memories");
		assertThat(texts(page)).containsExactly("Newer", "Older");
		assertThat(page.path("next_cursor").isNull()).isTrue();
		assertThat(page.path("memories").get(0)).hasToString("{\"id\":\"" + id
				+ "\",\"role\":\"user\",\"text\":\"Newer\",\"session_id\":null,\"created_at\":\"2026-11-24T10:00:01.123Z\"}");
		assertThat(page.path("memories").get(1).path("session_id").asString()).isEqualTo("s1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "session_id=s1 | One", "role=user | Three,Two,One", "role=assistant |", "q=tWO | Two",
					"q=%20 | Three,Two,One", "since=2026-11-24T10:00:01.123Z | Three,Two",
					"until=2026-11-24T11:00:01.123%2B01:00 | One", "color=red | Three,Two,One",
					"q=%00%22%20OR%201%3D1%20-- |" })
	void listWhenFilteredThenOnlyThose(String query, String expected) {
		gateway.store(this.vault, "s1", "One", TIME);
		gateway.store(this.vault, "s2", "Two", TIME.plusSeconds(1));
		gateway.store(this.vault, null, "Three", TIME.plusSeconds(2));
		assertThat(String.join(",", texts(gateway.get(this.key, "/memories?" + query))))
			.isEqualTo((expected != null) ? expected : "");
	}

	@ParameterizedTest
	@CsvSource({ "session_id=, session_id", "session_id=%C3%A9, session_id", "role=system, role", "role=, role",
			"since=yesterday, since", "until=2026-11-24, until", "limit=0, limit", "limit=1001, limit",
			"limit=x, limit", "cursor=, cursor", "cursor=x, cursor" })
	void listWhenParameterIsWrongThen400NamesIt(String query, String param) {
		assertRefused(send("GET", "/memories?" + query, ""), 400, param);
	}

	@Test
	void listWhenPagedWhileOthersWriteThenNothingIsMissedOrTwice() {
		List<String> stored = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			stored.add(0, store("Memory " + i));
		}
		List<String> listed = new ArrayList<>();
		String next = "";
		while (next != null) {
			JsonNode page = gateway.get(this.key, "/memories?limit=3" + next);
			page.path("memories").forEach((memory) -> listed.add(memory.path("id").asString()));
			next = page.path("next_cursor").isNull() ? null : "&cursor=" + page.path("next_cursor").asString();
			gateway.store(this.vault, null, "Later " + listed.size(), TIME.plusSeconds(60));
			send("DELETE", "/memories/" + listed.get(0), "");
		}
		assertThat(listed).isEqualTo(stored);
	}

	@Test
	void listWhenCursorIsOfAnotherVaultOrFilterOrAlteredThen400() {
		store("One");
		store("Two");
		String cursor = gateway.get(this.key, "/memories?limit=1").path("next_cursor").asString();
		String other = gateway.key("other", KeyMode.ON);
		assertRefused(gateway.send(other, "GET", "/memories?cursor=" + cursor, ""), 400, "cursor");
		assertRefused(send("GET", "/memories?role=user&cursor=" + cursor, ""), 400, "cursor");
		for (int i = 0; i < cursor.length(); i++) {
			char changed = (cursor.charAt(i) == 'a') ? 'b' : 'a';
			String altered = cursor.substring(0, i) + changed + cursor.substring(i + 1);
			assertRefused(send("GET", "/memories?cursor=" + altered, ""), 400, "cursor");
		}
		assertThat(texts(gateway.get(this.key, "/memories?cursor=" + cursor))).containsExactly("One");
	}

	@Test
	void changeThenTextIsNewRedactedAndEmbeddedAgain() {
		String id = store("My dog is called Max.");
		String secret = "sk-" + "proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD";
		JsonNode changed = json(send("PATCH", "/memories/" + id, "{\"text\":\"My dog is called Rex " + secret + "\"}"),
				200);
		assertThat(changed.path("text").asString()).startsWith("My dog is called Rex ").doesNotContain("abcdefghijkl");
		assertThat(gateway.get(this.key, "/memories/" + id)).isEqualTo(changed);
		awaitEmbedded();
		assertThat(texts(gateway.get(this.key, "/memories?q=Max"))).isEmpty();
	}

	private void awaitEmbedded() {
		long end = System.nanoTime() + ManagedGateway.TIMEOUT.toNanos();
		while (gateway.get(this.key, "/stats").path("pending").asInt() > 0) {
			assertThat(System.nanoTime()).isLessThan(end);
			Thread.onSpinWait();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | text", "{'text':' '} | text", "{'text':7} | text",
			"{'text':'a','role':'user'} | role", "[] | ''", "{'text': | ''" })
	void changeWhenFieldIsWrongThen400NamesIt(String body, String param) {
		String id = store("One");
		assertRefused(send("PATCH", "/memories/" + id, body.replace('\'', '"')), 400, param);
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

	@Test
	void deleteThenMemoryAndItsReceiptsAreGone() {
		String id = store("One");
		String receipt = receipt(id, null);
		assertThat(send("DELETE", "/memories/" + id, "").statusCode()).isEqualTo(204);
		assertThat(send("GET", "/memories/" + id, "").statusCode()).isEqualTo(404);
		assertThat(send("DELETE", "/memories/" + id, "").statusCode()).isEqualTo(404);
		assertThat(send("GET", "/receipts/" + receipt, "").statusCode()).isEqualTo(404);
	}

	private String receipt(String memory, SessionId session) {
		VaultId vault = new VaultId(this.vault);
		MemoryStore store = gateway.bean(MemoryStore.class);
		Recall.Recalled recalled = new Recall.Recalled(
				store.find(vault, List.of(memory)).blockFirst(ManagedGateway.TIMEOUT), 1, 7);
		Receipt receipt = new Receipt("rcpt_" + memory, TIME, vault, session,
				new Receipt.Request("on", "openai", "openai", "gpt"), "hit", List.of(Receipt.Item.of(recalled, true)),
				7, 7, null, new Receipt.Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO));
		gateway.bean(ReceiptStore.class).save(receipt).block(ManagedGateway.TIMEOUT);
		return receipt.id();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mem_0", "a%00b", "%2e%2e", "'%20OR%201=1", "%F0%9F%98%80" })
	void anyCallWhenIdIsUnknownOrHostileThen404(String id) {
		for (String method : List.of("GET", "DELETE", "PATCH")) {
			assertThat(send(method, "/memories/" + id, "{\"text\":\"a\"}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void anyCallWhenIdIsAnotherVaultsThen404AndItStays() {
		String id = store("One");
		String other = gateway.key("other", KeyMode.ON);
		for (String method : List.of("GET", "DELETE", "PATCH")) {
			assertThat(gateway.send(other, method, "/memories/" + id, "{\"text\":\"a\"}").statusCode()).isEqualTo(404);
		}
		json(gateway.send(other, "DELETE", "", ""), 200);
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

	@Test
	void anyCallWhenTheKeyMayOnlyRecallFromTheVaultThenItHasNothingOfIt() {
		String id = store("One");
		String receipt = receipt(id, null);
		String other = gateway.key("recalling", KeyMode.ON, this.vault);
		for (String method : List.of("GET", "DELETE", "PATCH")) {
			assertThat(gateway.send(other, method, "/memories/" + id, "{\"text\":\"a\"}").statusCode()).isEqualTo(404);
		}
		assertThat(gateway.send(other, "GET", "/receipts/" + receipt, "").statusCode()).isEqualTo(404);
		assertThat(texts(gateway.get(other, "/memories"))).isEmpty();
		assertThat(gateway.send(other, "GET", "/export", "").body()).isEmpty();
		assertThat(gateway.get(other, "/stats").path("memories").asInt()).isZero();
		json(gateway.send(other, "DELETE", "", ""), 200);
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

	@Test
	void changingCallsWhenKeyOnlyReadsThen403() {
		String id = store("One");
		String ceiling = gateway.key(this.vault, KeyMode.READ);
		for (String reader : List.of(this.key + ":read", ceiling, ceiling + ":off", ceiling + ":write")) {
			assertThat(gateway.send(reader, "PATCH", "/memories/" + id, "{\"text\":\"a\"}").statusCode())
				.isEqualTo(403);
			assertThat(gateway.send(reader, "DELETE", "/memories/" + id, "").statusCode()).isEqualTo(403);
			assertThat(gateway.send(reader, "DELETE", "", "").statusCode()).isEqualTo(403);
			assertThat(texts(gateway.get(reader, "/memories"))).containsExactly("One");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ":write", ":off" })
	void anyCallWhenKeyDoesNotRecallThenItManagesAsAPlainOne(String suffix) {
		String id = store("One");
		assertThat(texts(gateway.get(this.key + suffix, "/memories"))).containsExactly("One");
		assertThat(gateway.send(this.key + suffix, "DELETE", "/memories/" + id, "").statusCode()).isEqualTo(204);
	}

	@Test
	void anyCallWhenThereIsNoKeyThen401() {
		for (String path : List.of("/memories", "/memories/mem_0", "/stats")) {
			assertThat(gateway.gateway().send(gateway.gateway().request("/v1/memory" + path)).statusCode())
				.isEqualTo(401);
		}
	}

	@Test
	void statsThenCountsOfTheVaultAlone() {
		JsonNode empty = gateway.get(this.key, "/stats");
		assertThat(empty.path("memories").asInt()).isZero();
		assertThat(empty.path("oldest").isNull()).isTrue();
		gateway.store(this.vault, "s1", "12345", TIME);
		gateway.store(this.vault, "s2", "1234", TIME.plusSeconds(1));
		awaitEmbedded();
		assertThat(gateway.get(this.key, "/stats")).hasToString(
				"{\"memories\":2,\"tokens\":3,\"sessions\":2,\"oldest\":\"2026-11-24T10:00:00.123Z\",\"newest\":\"2026-11-24T10:00:01.123Z\",\"pending\":0}");
	}

	@Test
	void warmUpThenSaysHowManyMemoriesAreLoaded() {
		store("One");
		assertThat(json(send("POST", "/warmup", ""), 200).path("memories").asInt()).isOne();
	}

	@Test
	void eraseWhenSessionThenItAloneIsGoneAndCounted() {
		String id = gateway.store(this.vault, "s1", "One", TIME);
		gateway.store(this.vault, "s2", "Two", TIME);
		String receipt = receipt(id, new SessionId("s1"));
		JsonNode erasure = json(gateway.send(this.key, "DELETE", "", "", "X-Session-ID", "s1"), 200);
		assertThat(erasure.path("deleted").path("memories").asInt()).isOne();
		assertThat(erasure.path("deleted").path("receipts").asInt()).isOne();
		assertThat(erasure.path("remaining").path("memories").asInt(-1)).isZero();
		assertThat(erasure.path("remaining").path("receipts").asInt(-1)).isZero();
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("Two");
		assertThat(send("GET", "/receipts/" + receipt, "").statusCode()).isEqualTo(404);
	}

	@Test
	void eraseWhenVaultThenAllIsGoneAndTheKeyGoesOn() {
		gateway.store(this.vault, "s1", "One", TIME);
		gateway.store(this.vault, null, "Two", TIME);
		assertThat(json(send("DELETE", "", ""), 200).path("deleted").path("memories").asInt()).isEqualTo(2);
		assertThat(json(send("DELETE", "", ""), 200).path("deleted").path("memories").asInt(-1)).isZero();
		assertThat(gateway.get(this.key, "/stats").path("memories").asInt(-1)).isZero();
		store("Three");
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("Three");
	}

	@Test
	void eraseWhenSessionIsWrongThen400AndNothingIsErased() {
		store("One");
		assertRefused(gateway.send(this.key, "DELETE", "", "", "X-Session-ID", "a".repeat(257)), 400, "X-Session-ID");
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

	@Test
	void eraseWhenTwoSessionsAreNamedThen400AndNothingIsErased() {
		gateway.store(this.vault, "s1", "One", TIME);
		assertRefused(gateway.send(this.key, "DELETE", "", "", "X-Session-ID", "s1", "X-Session-ID", "s2"), 400,
				"X-Session-ID");
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

	@Test
	void eraseWhenSessionIsAParameterThen400AndNothingIsErased() {
		gateway.store(this.vault, "s1", "One", TIME);
		assertRefused(send("DELETE", "?session_id=s1", ""), 400, "session_id");
		assertThat(texts(gateway.get(this.key, "/memories"))).containsExactly("One");
	}

}
