package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.memoryrouter.gateway.testing.GatewayClient.header;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receipts, debugging and dry runs, from a request to the look-up of what it recalled.
 */
class ReceiptIT {

	private static final String BOB = "mk_BobBobBobBobBob01";

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.route(Route.when("Header=X-Strict").filter("Memory", "onMemoryFailure=reject"))
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@BeforeEach
	void reset() {
		memory.accept(BOB, KeyMode.ON, new VaultId("vault_bob"));
		provider.answer((connection) -> connection
			.json("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"A beagle.\"}}]}"));
	}

	private static HttpRequest.Builder chat() {
		return gateway.chat(TestGateway.QUESTION);
	}

	private static String receiptId(HttpResponse<String> response) {
		assertThat(header(response, "X-Memory-Receipt")).matches("rcpt_[0-9a-f]{32}");
		return header(response, "X-Memory-Receipt");
	}

	private static HttpResponse<String> lookUp(String id, String key) {
		return gateway.send(gateway.request("/v1/memory/receipts/" + id).header("X-Memory-Key", key));
	}

	private static String receipt(HttpResponse<String> response) {
		HttpResponse<String> receipt = lookUp(receiptId(response), FakeMemory.KEY);
		assertThat(receipt.statusCode()).as("%s", receipt.body()).isEqualTo(200);
		return receipt.body();
	}

	@Test
	void lookUpWhenMemoriesWereInjectedThenTheReceiptTellsWhichWithoutTexts() {
		Instant before = Instant.now().minusMillis(1);
		String receipt = receipt(gateway.send(chat().header("X-Session-ID", "s1")));
		assertThat(JsonPath.<String>read(receipt, "$.id")).startsWith("rcpt_");
		assertThat(Instant.parse(JsonPath.read(receipt, "$.created_at"))).isBetween(before, Instant.now());
		assertThat(JsonPath.<String>read(receipt, "$.vault")).isEqualTo("vault_alice");
		assertThat(JsonPath.<String>read(receipt, "$.session_id")).isEqualTo("s1");
		assertThat(JsonPath.<String>read(receipt, "$.mode")).isEqualTo("on");
		assertThat(JsonPath.<String>read(receipt, "$.outcome")).isEqualTo("hit");
		assertThat(JsonPath.<String>read(receipt, "$.dialect")).isEqualTo("openai");
		assertThat(JsonPath.<String>read(receipt, "$.provider")).isEqualTo("openai");
		assertThat(JsonPath.<String>read(receipt, "$.model")).isEqualTo("openai/gpt-5.5");
		assertThat(JsonPath.<String>read(receipt, "$.memories[0].id")).startsWith("mem_");
		assertThat(JsonPath.<String>read(receipt, "$.memories[0].role")).isEqualTo("user");
		assertThat(JsonPath.<String>read(receipt, "$.memories[0].created_at")).isEqualTo("2026-02-03T04:05:06.000Z");
		assertThat(JsonPath.<Double>read(receipt, "$.memories[0].score")).isEqualTo(1);
		assertThat(JsonPath.<Integer>read(receipt, "$.memories[0].tokens")).isEqualTo(7);
		assertThat(JsonPath.<Integer>read(receipt, "$.tokens")).isEqualTo(7);
		assertThat(JsonPath.<Integer>read(receipt, "$.tokens_injected")).isEqualTo(7);
		assertThat(JsonPath.<Double>read(receipt, "$.embedding_ms")).isEqualTo(3);
		assertThat(JsonPath.<Double>read(receipt, "$.retrieval_ms")).isEqualTo(2);
		assertThat(JsonPath.<Double>read(receipt, "$.overhead_ms")).isPositive();
		assertThat(receipt).doesNotContain("Rex", "text", "block", "mk_", "sk-");
	}

	@Test
	void lookUpWhenTheRequestDebugsThenTheReceiptCarriesTextsAndTheProviderGetsNothingMore() {
		HttpResponse<String> plain = gateway.send(chat());
		String sentPlain = provider.onlyRequest().text();
		provider.received.clear();
		HttpResponse<String> response = gateway.send(chat().header("X-Memory-Debug", "true"));
		assertThat(provider.onlyRequest().text()).isEqualTo(sentPlain);
		assertThat(response.body()).isEqualTo(plain.body());
		String receipt = receipt(response);
		assertThat(JsonPath.<String>read(receipt, "$.memories[0].text")).isEqualTo(FakeMemory.FACT);
		assertThat(JsonPath.<String>read(receipt, "$.block")).startsWith("<recalled-memories>")
			.contains(FakeMemory.FACT);
	}

	@Test
	void lookUpWhenTheQueryDebugsThenTheReceiptCarriesTexts() {
		String receipt = receipt(gateway.send(gateway.post("/v1/chat/completions?debug=true", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")));
		assertThat(JsonPath.<String>read(receipt, "$.memories[0].text")).isEqualTo(FakeMemory.FACT);
	}

	@Test
	void answerWhenStreamedThenItHasAReceipt() {
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"A beagle.\"}}]}\n\ndata: [DONE]\n\n");
			connection.end();
		});
		assertThat(JsonPath.<String>read(receipt(gateway.send(chat())), "$.outcome")).isEqualTo("hit");
	}

	@ParameterizedTest
	@CsvSource({ "EMPTY, empty", "BELOW_THRESHOLD, below_threshold" })
	void answerWhenNothingWasFoundThenItHasAReceipt(Recall.Outcome outcome, String word) {
		memory.onRecall(
				(query) -> Mono.just(new Recall(outcome, List.of(), 0, Duration.ofMillis(3), Duration.ofMillis(2))));
		String receipt = receipt(gateway.send(chat()));
		assertThat(JsonPath.<String>read(receipt, "$.outcome")).isEqualTo(word);
		assertThat(JsonPath.<List<Object>>read(receipt, "$.memories")).isEmpty();
	}

	@Test
	void answerWhenMemoryFailsThenItHasAReceipt() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException()));
		assertThat(JsonPath.<String>read(receipt(gateway.send(chat())), "$.outcome")).isEqualTo("error");
		memory.onRecall((query) -> Mono.never());
		assertThat(JsonPath.<String>read(receipt(gateway.send(chat())), "$.outcome")).isEqualTo("timeout");
	}

	@Test
	void answerWhenMemoryFailsAndTheRouteRejectsThenTheRefusalHasAReceipt() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException()));
		HttpResponse<String> response = gateway.send(chat().header("X-Strict", "1"));
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(JsonPath.<String>read(receipt(response), "$.outcome")).isEqualTo("error");
	}

	@Test
	void answerWhenTheProviderFailsThenItHasAReceipt() {
		provider.answer((connection) -> connection.respond("500 Oops", "application/json", "{}"));
		assertThat(JsonPath.<String>read(receipt(gateway.send(chat())), "$.outcome")).isEqualTo("hit");
	}

	@Test
	void answerWhenTheModeIsWriteThenItHasAReceiptOfNothing() {
		HttpResponse<String> response = gateway.send(chat().header("X-Memory-Mode", "write"));
		String receipt = receipt(response);
		assertThat(JsonPath.<String>read(receipt, "$.outcome")).isEqualTo("off");
		assertThat(JsonPath.<String>read(receipt, "$.mode")).isEqualTo("write");
		assertThat(memory.queries).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Memory-Mode: off", "X-Memory-Key: " + FakeMemory.KEY + ":off" })
	void answerWhenTheModeIsOffThenItHasNone(String header) {
		String[] nameAndValue = header.split(": ");
		HttpResponse<String> response = gateway.send(chat().setHeader(nameAndValue[0], nameAndValue[1]));
		assertThat(header(response, "X-Memory-Outcome")).isEqualTo("off");
		assertThat(response.headers().firstValue("X-Memory-Receipt")).isEmpty();
	}

	@Test
	void answerWhenItsEndpointHasNoMemoryThenItHasNone() {
		HttpResponse<String> response = gateway.send(gateway.post("/v1/embeddings", "{\"model\":\"openai/e\"}")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider", "openai")
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Memory-Receipt")).isEmpty();
	}

	@Test
	void answerWhenTheProviderClaimsAReceiptThenItIsOurs() {
		provider.answer((connection) -> {
			connection.head("application/json", "X-Memory-Receipt: rcpt_theirs");
			connection.chunk("{}");
			connection.end();
		});
		receipt(gateway.send(chat()));
	}

	@Test
	void dryRunWhenSomethingIsKnownThenItReportsAndChangesAndStoresNothing() {
		HttpResponse<String> response = gateway
			.send(chat().header("X-Memory-Mode", "dry-run").header("X-Memory-Debug", "true"));
		assertThat(provider.onlyRequest().text()).isEqualTo(TestGateway.QUESTION.replace("openai/gpt-5.5", "gpt-5.5"));
		assertThat(memory.exchanges).isEmpty();
		assertThat(header(response, "X-Memory-Mode")).isEqualTo("dry-run");
		assertThat(header(response, "X-Memory-Outcome")).isEqualTo("hit");
		assertThat(header(response, "X-Memory-Chunks-Retrieved")).isEqualTo("1");
		assertThat(header(response, "X-Memory-Tokens-Injected")).isEqualTo("0");
		String receipt = receipt(response);
		assertThat(JsonPath.<String>read(receipt, "$.mode")).isEqualTo("dry-run");
		assertThat(JsonPath.<Integer>read(receipt, "$.tokens")).isEqualTo(7);
		assertThat(JsonPath.<Integer>read(receipt, "$.tokens_injected")).isZero();
		assertThat(JsonPath.<String>read(receipt, "$.block")).contains(FakeMemory.FACT);
	}

	@Test
	void dryRunWhenTheKeyOnlyWritesThenItRecallsAndStoresNothing() {
		HttpResponse<String> response = gateway
			.send(chat().setHeader("X-Memory-Key", FakeMemory.KEY + ":write").header("X-Memory-Mode", "dry-run"));
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
		assertThat(header(response, "X-Memory-Outcome")).isEqualTo("off");
		assertThat(JsonPath.<List<Object>>read(receipt(response), "$.memories")).isEmpty();
	}

	@Test
	void lookUpWhenTheKeyIsAnotherVaultsThenThereIsNone() {
		String id = receiptId(gateway.send(chat()));
		HttpResponse<String> foreign = lookUp(id, BOB);
		assertThat(foreign.statusCode()).isEqualTo(404);
		assertThat(foreign.body()).isEqualTo(lookUp("rcpt_" + "0".repeat(32), BOB).body())
			.contains("receipt_not_found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":read", ":write", ":off" })
	void lookUpWhenTheKeyHasAnySuffixThenItIsFound(String suffix) {
		assertThat(lookUp(receiptId(gateway.send(chat())), FakeMemory.KEY + suffix).statusCode()).isEqualTo(200);
	}

	@Test
	void lookUpWhenThereIsNoKeyThenAnswers401() {
		assertThat(gateway.send(gateway.request("/v1/memory/receipts/rcpt_1")).statusCode()).isEqualTo(401);
	}

	@Test
	void lookUpWhenTheSessionWasErasedThenThereIsNone() {
		String erased = receiptId(gateway.send(chat().header("X-Session-ID", "s1")));
		String kept = receiptId(gateway.send(chat().header("X-Session-ID", "s2")));
		memory.erase(FakeMemory.VAULT, new SessionId("s1")).block();
		assertThat(lookUp(erased, FakeMemory.KEY).statusCode()).isEqualTo(404);
		assertThat(lookUp(kept, FakeMemory.KEY).statusCode()).isEqualTo(200);
	}

	@Test
	void answerWhenReceiptsCannotBeSavedThenItIsAsEver() {
		memory.onReceipt((receipt) -> Mono.error(new IllegalStateException()));
		assertAnswered(gateway.send(chat()));
		memory.onReceipt((receipt) -> Mono.never());
		assertAnswered(gateway.send(chat()));
		memory.onReceipt((receipt) -> {
			throw new IllegalStateException();
		});
		assertAnswered(gateway.send(chat()));
	}

	private static void assertAnswered(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("A beagle.");
		assertThat(lookUp(receiptId(response), FakeMemory.KEY).statusCode()).isEqualTo(404);
	}

}
