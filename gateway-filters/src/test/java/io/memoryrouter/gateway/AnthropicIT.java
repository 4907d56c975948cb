package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import io.memoryrouter.memory.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic's clients, from their request to Messages and back.
 */
class AnthropicIT {

	private static final String MESSAGES = "/v1/messages";

	private static final String QUESTION = """
			{"model": "claude-x", "max_tokens": 9, "messages": [{"role": "user", "content": "What breed is my dog?"}]}""";

	private static final String ANSWER = """
			{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"thinking",\
			"thinking":"Hm.","signature":"c2ln"},{"type":"text","text":"Rex is a beagle."}],"stop_reason":"end_turn",\
			"usage":{"input_tokens":5,"output_tokens":7}}""";

	private static final String STREAM = """
			event: message_start
			data: {"type":"message_start","message":{"type":"message","content":[],"usage":{"input_tokens":5}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Rex is "}}

			event: ping
			data: {"type":"ping"}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a beagle."}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

			event: message_stop
			data: {"type":"message_stop"}

			""";

	private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("anthropic", "/anthropic/v1")
		.route(Route.when("Path=/v1/messages/**").filter("Memory=anthropic"));

	@BeforeEach
	void answer() {
		provider.answerInPieces("application/json", ANSWER);
	}

	/** A call as Anthropic's clients send it, the Memory Key beside it (method A). */
	private static HttpRequest.Builder call(String body) {
		return gateway.post(MESSAGES, body)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("x-api-key", "sk-ant-alice")
			.header("anthropic-version", "2023-06-01");
	}

	@Test
	void messagesThenMemoryIsInTheQuestionAndExchangeIsStored() {
		HttpResponse<String> response = gateway.send(call(QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("anthropic");
		assertThat(provider.requests()).singleElement().satisfies((received) -> {
			assertThat(received.getUrl()).isEqualTo("/anthropic" + MESSAGES);
			assertThat(received.getHeader("anthropic-version")).isEqualTo("2023-06-01");
			assertThat(received.getBodyAsString())
				.startsWith(QUESTION.substring(0, QUESTION.indexOf("dog?") + 4) + "\\n\\n<")
				.contains(FakeMemory.FACT)
				.endsWith("\"}]}");
		});
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@Test
	void messagesWhenStreamedThenBytesAreUntouchedAndExchangeIsStored() {
		provider.answerInPieces("text/event-stream; charset=utf-8", STREAM);
		HttpResponse<String> response = gateway.send(call(QUESTION.replace("9,", "9, \"stream\": true,")));
		assertThat(response.body()).isEqualTo(STREAM);
		assertThat(provider.onlyRequest().getBodyAsString()).contains(FakeMemory.FACT);
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "mk,sk-ant-b,-", "mk:read,sk-ant-b,-", "sk-ant-b,-,mk", "mk,sk-ant-b,mk" })
	void messagesWhenKeysStandInAnyPlaceThenEachGoesWhereItBelongs(String apiKey, String providerKey,
			String memoryKey) {
		HttpRequest.Builder request = gateway.post(MESSAGES, QUESTION)
			.header("x-api-key", apiKey.replace("mk", FakeMemory.KEY));
		if (providerKey != null) {
			request.header("X-Provider-Key", providerKey);
		}
		if (memoryKey != null) {
			request.header("X-Memory-Key", FakeMemory.KEY);
		}
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertThat(provider.requests()).singleElement().satisfies((received) -> {
			assertThat(received.getHeader("x-api-key")).isEqualTo("sk-ant-b");
			assertThat(received.getBodyAsString()).contains(FakeMemory.FACT);
			assertThat(received.toString()).doesNotContain("mk_");
		});
	}

	@Test
	void toolLoopWhenClientMovesItsCacheMarkThenSameBlockAndRestUntouched() {
		String question = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What breed is my dog?\"%s}";
		String use = """
				,{"role":"assistant","content":[{"type":"thinking","thinking":"Hm\\u002e","signature":"c2\\/ln="},\
				{"type":"redacted_thinking","data":"ZGF0YQ=="},{"type":"tool_use","id":"%1$s","name":"f","input":{"a":1.0}}]},\
				{"role":"user","content":[{"type":"tool_result","tool_use_id":"%1$s","content":"no"%2$s}]}""";
		String start = "{\"model\":\"claude-x\",\"messages\":[";
		List<String> tails = List.of("]}", "]}" + use.formatted("t1", MARK),
				"]}" + use.formatted("t1", "") + use.formatted("t2", MARK));
		for (int step = 0; step < 3; step++) {
			gateway.send(call(start + question.formatted((step == 0) ? MARK : "") + tails.get(step) + "]}"));
			memory.onRecall((query) -> Mono.just(FakeMemory.hit("Something else.")));
		}
		List<String> bodies = provider.requests().stream().map(LoggedRequest::getBodyAsString).toList();
		assertThat(bodies).hasSize(3);
		String first = start + question.formatted(MARK);
		String block = bodies.get(0).substring(first.length(), bodies.get(0).length() - "]}]}".length());
		assertThat(block).startsWith(",{\"type\":\"text\",\"text\":\"<").contains(FakeMemory.FACT);
		for (int step = 0; step < 3; step++) {
			assertThat(bodies.get(step))
				.isEqualTo(start + question.formatted((step == 0) ? MARK : "") + block + tails.get(step) + "]}");
		}
		assertThat(memory.queries).hasSize(1);
		assertThat(memory.exchanges).extracting(Exchange::precededBy)
			.containsOnly(memory.exchanges.get(0).precededBy());
	}

	@Test
	void messagesWhenThereIsNoMemoryKeyThenErrorInAnthropicsForm() {
		HttpResponse<String> response = gateway
			.send(gateway.post(MESSAGES, QUESTION).header("x-api-key", "sk-ant-alice"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"")
			.contains("missing_memory_key");
	}

	@Test
	void messagesWhenBodyCannotBeReadThenErrorNamesTheField() {
		HttpResponse<String> response = gateway.send(call("{\"messages\":[{}]}"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"invalid_request_error\"", "messages[0].role", "invalid_request_body");
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void messagesWhenProviderFailsThenItsErrorIsUntouchedAndNothingIsStored() {
		String error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
		provider.answer(aResponse().withStatus(529).withBody(error));
		HttpResponse<String> response = gateway.send(call(QUESTION));
		assertThat(response.statusCode()).isEqualTo(529);
		assertThat(response.body()).isEqualTo(error);
		assertThat(memory.exchanges).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/count_tokens", "/batches" })
	void otherEndpointThenPassesWithoutMemoryAndErrorsHaveAnthropicsForm(String path) {
		HttpResponse<String> response = gateway.send(gateway.post(MESSAGES + path, QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("x-api-key", "sk-ant-alice"));
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("off");
		assertThat(provider.requests()).singleElement().satisfies((received) -> {
			assertThat(received.getUrl()).isEqualTo("/anthropic" + MESSAGES + path);
			assertThat(received.getBodyAsString()).isEqualTo(QUESTION);
		});
		assertThat(memory.queries).isEmpty();
		response = gateway.send(gateway.post(MESSAGES + path, QUESTION).header("x-api-key", "mk_short"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).startsWith("{\"type\":\"error\",");
	}

}
