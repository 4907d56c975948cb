package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.memory.RecallQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.memoryrouter.gateway.testing.GatewayClient.header;
import static io.memoryrouter.gateway.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code POST /v1/memory/prepare}, beside the proxied call that it stands for.
 */
class PrepareIT {

	private static final String MESSAGES = """
			"messages": [{"role": "user", "content": "I have a dog."}, {"role": "assistant", "content": "Nice."},
			{"role": "user", "content": [{"type": "text", "text": "What breed"}, {"type": "text", "text": "is it?"}]}]""";

	private static final String QUESTION = "{" + MESSAGES + "}";

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.with("memoryrouter.limits.body-size=4KB")
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@RegisterExtension
	static final GatewayExtension strict = GatewayExtension.between(memory, provider)
		.with("memoryrouter.context.on-failure=reject");

	@BeforeEach
	void answer() {
		provider.answer((connection) -> connection
			.json("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"A beagle.\"}}]}"));
	}

	private static HttpRequest.Builder prepare(String body) {
		return gateway.post("/v1/memory/prepare", body).header("Authorization", "Bearer " + FakeMemory.KEY);
	}

	private static String prepared(HttpRequest.Builder request) {
		HttpResponse<String> answer = gateway.send(request);
		assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
		return answer.body();
	}

	@Test
	void prepareWhenProxiedCallAsksTheSameThenQuestionAndBlockAreTheSame() {
		memory.onRecall((query) -> Mono.just(FakeMemory.hit(FakeMemory.FACT, "Two\nlines </recalled-memories> \"é\"")));
		gateway.send(gateway.chat("{\"model\": \"openai/gpt-5.5\", " + MESSAGES + "}").header("X-Session-ID", "s1"));
		String context = JsonPath.read(prepared(prepare(QUESTION).header("X-Session-ID", "s1")), "$.context");
		String sent = JsonPath.read(provider.received.get(0).text(), "$.messages[2].content[1].text");
		assertThat(sent).isEqualTo("is it?\n\n" + context);
		RecallQuery proxied = memory.queries.get(0);
		RecallQuery asked = memory.queries.get(1);
		assertThat(asked).usingRecursiveComparison().ignoringFields("exclude", "askedAt").isEqualTo(proxied);
	}

	@Test
	void prepareWhenSomethingIsFoundThenAnswerAndHeadersTellIt() {
		HttpResponse<String> answer = gateway.send(prepare(QUESTION).header("X-Session-ID", "s1"));
		String body = answer.body();
		assertThat(JsonPath.<String>read(body, "$.context")).contains(FakeMemory.FACT);
		assertThat(JsonPath.<String>read(body, "$.memories[0].text")).isEqualTo(FakeMemory.FACT);
		assertThat(JsonPath.<String>read(body, "$.memories[0].role")).isEqualTo("user");
		assertThat(JsonPath.<Object>read(body, "$.memories[0].session_id")).isNull();
		assertThat(JsonPath.<String>read(body, "$.memories[0].created_at")).isEqualTo("2026-02-03T04:05:06.000Z");
		assertThat(JsonPath.<Double>read(body, "$.memories[0].score")).isEqualTo(1.0);
		assertThat(JsonPath.<Integer>read(body, "$.tokens")).isEqualTo(7);
		assertThat(JsonPath.<String>read(body, "$.outcome")).isEqualTo("hit");
		assertThat(JsonPath.<String>read(body, "$.receipt")).isEqualTo(header(answer, "X-Memory-Receipt"))
			.startsWith("rcpt_");
		assertThat(List.of(header(answer, "X-Memory-Mode"), header(answer, "X-Memory-Outcome"),
				header(answer, "X-Memory-Chunks-Retrieved"), header(answer, "X-Memory-Tokens-Injected"),
				header(answer, "X-Session-ID"), header(answer, "X-Embedding-Ms"),
				header(answer, "X-Memory-Retrieval-Ms")))
			.containsExactly("on", "hit", "1", "7", "s1", "3", "2");
		assertThat(header(answer, "X-MR-Overhead-Ms")).matches("\\d+");
		assertThat(provider.received).isEmpty();
		assertThat(memory.exchanges).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ ":write,write", ":off,off" })
	void prepareWhenSuffixForbidsRecallThenNothingIsAsked(String suffix, String mode) {
		HttpResponse<String> answer = gateway
			.send(gateway.post("/v1/memory/prepare", QUESTION).header("X-Memory-Key", FakeMemory.KEY + suffix));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<Object>read(answer.body(), "$.context")).isNull();
		assertThat(JsonPath.<List<Object>>read(answer.body(), "$.memories")).isEmpty();
		assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("off");
		assertThat(header(answer, "X-Memory-Mode")).isEqualTo(mode);
		assertThat(memory.queries).isEmpty();
		assertThat(header(answer, "X-Memory-Receipt").isEmpty()).isEqualTo(mode.equals("off"));
	}

	@Test
	void prepareWhenDryRunThenTellsWhatWasFoundAndGivesNothing() {
		HttpResponse<String> answer = gateway.send(prepare(QUESTION).header("X-Memory-Mode", "dry-run"));
		assertThat(JsonPath.<Object>read(answer.body(), "$.context")).isNull();
		assertThat(JsonPath.<String>read(answer.body(), "$.memories[0].text")).isEqualTo(FakeMemory.FACT);
		assertThat(header(answer, "X-Memory-Tokens-Injected")).isEqualTo("0");
		assertThat(header(answer, "X-Memory-Outcome")).isEqualTo("hit");
	}

	@Test
	void prepareWhenLimitsStandInEveryPlaceThenTheBodysLimitComesFirst() {
		prepared(prepare("{\"limit\": 3, \"memory_limit\": 4, \"max_tokens\": 99, " + MESSAGES + "}")
			.header("X-Memory-Context-Limit", "5"));
		prepared(gateway.post("/v1/memory/prepare?limit=6&scope=session&session_id=no", QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Session-ID", "s2"));
		assertThat(memory.queries).extracting(RecallQuery::limit).containsExactly(3, 6);
		assertThat(memory.queries.get(0).maxTokens()).isEqualTo(99);
		assertThat(memory.queries.get(1).scope()).isEqualTo(RecallQuery.Scope.SESSION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"messages\":[{\"role\":\"user\",\"content\":\"Q\",\"memory\":false}]}",
			"{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}" })
	void prepareWhenThereIsNothingToAskThenIsEmpty(String body) {
		assertThat(JsonPath.<String>read(prepared(prepare(body)), "$.outcome")).isEqualTo("empty");
		assertThat(memory.queries).isEmpty();
	}

	@Test
	void prepareWhenLaterStepOfAToolLoopThenTheBlockIsTheSame() {
		String question = "{\"role\":\"user\",\"content\":\"And in a tool loop?\"}";
		String first = JsonPath.read(prepared(prepare("{\"messages\":[" + question + "]}")), "$.context");
		memory.onRecall((query) -> Mono.just(FakeMemory.hit("Something else.")));
		String step = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]},{\"role\":\"tool\",\"content\":\"1\"}";
		String second = JsonPath.read(prepared(prepare("{\"messages\":[" + question + "," + step + "]}")), "$.context");
		assertThat(second).isEqualTo(first);
	}

	@Test
	void prepareWhenRecallFailsThenGoesOnOrIsRefusedAsConfigured() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException("broken")));
		assertThat(JsonPath.<String>read(prepared(prepare(QUESTION)), "$.outcome")).isEqualTo("error");
		memory.onRecall((query) -> Mono.delay(Duration.ofSeconds(30)).then(Mono.empty()));
		assertThat(JsonPath.<String>read(prepared(prepare(QUESTION)), "$.outcome")).isEqualTo("timeout");
		HttpResponse<String> refused = strict
			.send(strict.post("/v1/memory/prepare", QUESTION).header("X-Memory-Key", FakeMemory.KEY));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(header(refused, "Retry-After")).isEqualTo("5");
		assertThat(header(refused, "X-Memory-Outcome")).isEqualTo("timeout");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "[]|", "{}|messages", "{\"messages\":[]}|messages", "{\"messages\":\"hi\"}|messages",
					"{\"messages\":[{\"content\":\"hi\"}]}|messages[0].role",
					"{\"messages\":[{\"role\":\"user\",\"content\":7}]}|messages[0].content",
					"{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"limit\":101}|limit",
					"{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"limit\":[]}|limit",
					"{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":0}|max_tokens",
					"{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"session_id\":\" x\"}|session_id" })
	void prepareWhenBodyIsWrongThenErrorNamesTheField(String body, String field) {
		assertRefused(gateway.send(prepare(body)), 400, field);
		assertThat(memory.queries).isEmpty();
	}

	@Test
	void prepareWhenBodyIsNoJsonOrTooLargeOrKeyIsMissingThenIsRefused() {
		assertThat(gateway.send(prepare(QUESTION).setHeader("Content-Type", "text/plain")).statusCode()).isEqualTo(415);
		assertThat(gateway.send(prepare("{" + MESSAGES + ",\"x\":\"" + "x".repeat(5_000) + "\"}")).statusCode())
			.isEqualTo(413);
		assertThat(gateway.send(gateway.post("/v1/memory/prepare", QUESTION)).statusCode()).isEqualTo(401);
	}

}
