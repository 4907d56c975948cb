package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.memoryrouter.gateway.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code POST /v1/memory/ingest} on the embedded store.
 */
class IngestIT {

	private static final String EXCHANGE = """
			{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "My cat is called Nimbus."},
			{"role": "assistant", "content": "What a lovely name."}]}""";

	@TempDir
	static Path folder;

	private static TestGateway gateway;

	private String key = "";

	private VaultId vault = new VaultId("none");

	@BeforeAll
	static void start() {
		gateway = TestGateway.startWithMemory(folder, "memoryrouter.context.deadline=20s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void newVault() {
		MemoryKeyManager.IssuedKey created = gateway.context()
			.getBean(MemoryKeyManager.class)
			.issue(new MemoryKeyManager.KeyRequest("default", "test", null, List.of(), KeyMode.ON, null))
			.block(Duration.ofSeconds(10));
		this.key = created.key().reveal();
		this.vault = created.record().vault();
	}

	private HttpRequest.Builder ingest(String body) {
		return gateway.post("/v1/memory/ingest", body).header("Authorization", "Bearer " + this.key);
	}

	private HttpResponse<String> accepted(HttpRequest.Builder request) {
		HttpResponse<String> answer = gateway.send(request);
		assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(202);
		return answer;
	}

	private List<String> ids(HttpResponse<String> answer) {
		return JsonPath.read(answer.body(), "$.ids");
	}

	/** What is in the vault, in the order in which it was said. */
	private List<Memory> stored() {
		List<Memory> newestFirst = gateway.context()
			.getBean(MemoryStore.class)
			.list(this.vault, MemoryFilter.ALL, null, 1_000)
			.block(Duration.ofSeconds(10))
			.memories();
		return IntStream.range(0, newestFirst.size())
			.mapToObj((i) -> newestFirst.get(newestFirst.size() - 1 - i))
			.toList();
	}

	@Test
	void ingestWhenAcceptedThenTheNextPrepareFindsIt() {
		HttpResponse<String> answer = accepted(ingest(EXCHANGE).header("X-Session-ID", "conversation_abc"));
		assertThat(JsonPath.<Integer>read(answer.body(), "$.accepted")).isEqualTo(2);
		assertThat(JsonPath.<Boolean>read(answer.body(), "$.stored")).isTrue();
		assertThat(stored()).extracting(Memory::id).containsExactlyElementsOf(ids(answer));
		assertThat(stored()).extracting(Memory::session).containsOnly(new SessionId("conversation_abc"));
		assertThat(answer.headers().firstValue("X-Session-ID")).hasValue("conversation_abc");
		assertThat(answer.headers().firstValue("X-Memory-Mode")).hasValue("on");
		HttpResponse<String> prepared = gateway.send(gateway
			.post("/v1/memory/prepare", "{\"messages\":[{\"role\":\"user\",\"content\":\"What is my cat called?\"}]}")
			.header("X-Memory-Key", this.key));
		assertThat(JsonPath.<String>read(prepared.body(), "$.context")).contains("user: My cat is called Nimbus.");
		assertThat(ids(answer)).contains(JsonPath.<String>read(prepared.body(), "$.memories[0].id"));
	}

	@Test
	void ingestWhenSentAgainThenIsStoredOnceInItsSession() {
		List<String> first = ids(accepted(ingest(EXCHANGE)));
		assertThat(ids(accepted(ingest(EXCHANGE)))).isEqualTo(first);
		assertThat(stored()).hasSize(2);
		accepted(ingest(EXCHANGE).header("X-Session-ID", "other"));
		assertThat(stored()).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { ":read", ":off" })
	void ingestWhenSuffixForbidsStoringThenAcceptsAndStoresNothing(String suffix) {
		HttpResponse<String> answer = accepted(gateway.post("/v1/memory/ingest", EXCHANGE)
			.header("X-Memory-Key", this.key + suffix)
			.header("Idempotency-Key", "k"));
		assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"ids\":[],\"stored\":false}");
		assertThat(stored()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "X-Memory-Store,false,ASSISTANT", "X-Memory-Store-Response,false,USER" })
	void ingestWhenControlLeavesOutARoleThenTheOtherIsStored(String header, String value, Role role) {
		accepted(ingest(EXCHANGE).header(header, value));
		accepted(ingest(EXCHANGE.replace("Nimbus", "Cirrus")).header(header, value));
		assertThat(stored()).extracting(Memory::role).containsOnly(role).hasSize(2);
	}

	@Test
	void ingestWhenMessagesAreOfEveryKindThenOnlyWhatWasSaidIsStored() {
		String block = "<recalled-memories>\\nThese lines were recalled\\n</recalled-memories>";
		accepted(ingest("{\"created_at\": \"2026-01-02T03:04:05+01:00\", \"messages\":["
				+ "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"" + block + "\"},"
				+ "{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"One.\\n\\n" + block + "\"},"
				+ "{\"role\":\"assistant\",\"content\":null},{\"role\":\"tool\",\"content\":\"42\"},"
				+ "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Two.\"}]},"
				+ "{\"role\":\"user\",\"content\":\"Secret.\",\"memory\":false},"
				+ "{\"role\":\"assistant\",\"content\":\"An answer to the secret.\"},"
				+ "{\"role\":\"user\",\"content\":\"Key sk-abcdefghijklmnopqrstuvwxyz0123456789ABCD\"}]}"));
		assertThat(stored()).extracting(Memory::text).hasSize(3).startsWith("One.", "Two.");
		assertThat(stored().get(0).speaker()).isEqualTo("Ann");
		assertThat(stored().get(2).text()).startsWith("Key ").doesNotContain("abcdefghijklm");
		assertThat(stored()).extracting(Memory::createdAt).containsOnly(Instant.parse("2026-01-02T02:04:05Z"));
	}

	@Test
	void ingestWhenKeyComesAgainWithTheSameBodyThenTheAnswerIsTheSameAlsoAfterADeletion() {
		HttpResponse<String> first = accepted(ingest(EXCHANGE).header("Idempotency-Key", "k1"));
		gateway.context()
			.getBean(MemoryStore.class)
			.delete(this.vault, ids(first).get(0))
			.block(Duration.ofSeconds(10));
		HttpResponse<String> second = accepted(ingest(EXCHANGE).header("Idempotency-Key", "k1"));
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(stored()).hasSize(1);
		accepted(ingest(EXCHANGE));
		assertThat(stored()).hasSize(2);
	}

	@Test
	void ingestWhenKeyComesWithAnotherRequestThenConflicts() {
		accepted(ingest(EXCHANGE).header("Idempotency-Key", "k2"));
		assertRefused(gateway.send(ingest(EXCHANGE.replace("Nimbus", "Cirrus")).header("Idempotency-Key", "k2")), 409,
				"Idempotency-Key");
		assertThat(stored()).hasSize(2);
		newVault();
		accepted(ingest(EXCHANGE.replace("Nimbus", "Cirrus")).header("Idempotency-Key", "k2"));
	}

	@Test
	void ingestWhenSameRequestsRaceThenAllGetOneAnswer() {
		List<String> answers = IntStream.range(0, 24)
			.parallel()
			.mapToObj((i) -> accepted(ingest(EXCHANGE).header("Idempotency-Key", "race")).body())
			.toList();
		assertThat(answers).containsOnly(answers.get(0));
		assertThat(stored()).hasSize(2);
	}

	@Test
	void ingestWhenDifferentRequestsRaceForOneKeyThenOneWins() {
		List<Integer> statuses = IntStream.range(0, 12)
			.parallel()
			.mapToObj((i) -> gateway.send(ingest(EXCHANGE.replace("Nimbus", "Cat" + i)).header("Idempotency-Key", "k")))
			.map(HttpResponse::statusCode)
			.toList();
		assertThat(statuses).containsOnlyOnce(202).containsOnly(202, 409);
		assertThat(stored()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}|messages", "{\"messages\":7}|messages", "{\"messages\":[7]}|messages[0]",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"created_at\":" + "\"soon\"}|created_at",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"created_at\":-1}|created_at",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"created_at\":99999999999999999}|created_at",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"created_at\":{}}|created_at",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"memory_store\":\"maybe\"}|memory_store",
			"{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"memory\":3}]}|messages[0].memory" })
	void ingestWhenBodyIsWrongThenErrorNamesTheField(String body, String field) {
		assertRefused(gateway.send(ingest(body)), 400, field);
		assertThat(stored()).isEmpty();
	}

	@Test
	void ingestWhenKeyIsNoIdempotencyKeyThenIsRefused() {
		for (String bad : List.of("x".repeat(256), " ", "a\tb")) {
			assertRefused(gateway.send(ingest(EXCHANGE).header("Idempotency-Key", bad)), 400, "Idempotency-Key");
		}
		accepted(ingest(EXCHANGE).header("Idempotency-Key", "x".repeat(255)));
	}

	@Test
	void ingestWhenThereAreTooManyMessagesThenIsRefused() {
		String message = "{\"role\":\"user\",\"content\":\"a\"},";
		String body = "{\"messages\":[" + message.repeat(1_000) + message.substring(0, message.length() - 1) + "]}";
		assertThat(gateway.send(ingest(body)).statusCode()).isEqualTo(400);
		assertThat(stored()).isEmpty();
	}

}
