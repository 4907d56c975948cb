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
 * Clients of OpenAI Responses, from their request to the provider and back.
 */
class OpenAiResponsesIT {

	private static final String RESPONSES = "/v1/responses";

	private static final String QUESTION = """
			{"model": "openai/gpt-5.5", "store": false, "input": "What breed is my dog?"}""";

	private static final String OUTPUT = """
			[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","id":"msg_1","status":"completed",\
			"role":"assistant","content":[{"type":"output_text","annotations":[],"text":"Rex is a beagle."}]}]""";

	private static final String ANSWER = """
			{"id":"resp_1","object":"response","status":"completed","error":null,"instructions":null,"output":%s,\
			"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}""".formatted(OUTPUT);

	private static final String QUEUED = """
			{"id":"resp_1","object":"response","status":"queued","background":true,"error":null,"output":[],"usage":null}""";

	private static final String STREAM = """
			event: response.created
			data: {"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]}}

			event: response.output_item.added
			data: {"type":"response.output_item.added","output_index":1,"item":{"type":"message","content":[]}}

			event: response.output_text.delta
			data: {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Rex is "}

			event: response.output_text.delta
			data: {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"a beagle."}

			event: response.output_text.done
			data: {"type":"response.output_text.done","item_id":"msg_1","output_index":1,"text":"Rex is a beagle."}

			event: response.completed
			data: {"type":"response.completed","response":%s}

			"""
		.formatted(ANSWER);

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/openai/v1")
		.route(Route.when("Path=/v1/**").filter("Memory=openai"));

	@BeforeEach
	void answer() {
		provider.answerInPieces("application/json", ANSWER);
	}

	/** A call as OpenAI's clients send it, the Memory Key beside it (method A). */
	private static HttpRequest.Builder call(String body) {
		return gateway.post(RESPONSES, body)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice");
	}

	@Test
	void responsesThenMemoryIsInTheQuestionAndExchangeIsStored() {
		HttpResponse<String> response = gateway.send(call(QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("openai");
		assertThat(provider.requests()).singleElement().satisfies((received) -> {
			assertThat(received.getUrl()).isEqualTo("/openai" + RESPONSES);
			assertThat(received.getHeader("Authorization")).isEqualTo("Bearer sk-alice");
			assertThat(received.getBodyAsString())
				.startsWith("{\"model\": \"gpt-5.5\", \"store\": false, \"input\": \"What breed is my dog?\\n\\n<")
				.contains(FakeMemory.FACT)
				.endsWith("\"}");
		});
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@Test
	void responsesWhenStreamedThenBytesAreUntouchedAndExchangeIsStored() {
		provider.answerInPieces("text/event-stream; charset=utf-8", STREAM);
		HttpResponse<String> response = gateway.send(call(QUESTION.replace("false,", "false, \"stream\": true,")));
		assertThat(response.body()).isEqualTo(STREAM);
		assertThat(provider.onlyRequest().getBodyAsString()).contains(FakeMemory.FACT);
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@Test
	void responsesWhenStreamFailsThenTextSoFarIsStoredAsPartial() {
		String failed = STREAM.substring(0, STREAM.indexOf("event: response.output_text.done"))
				+ "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\"}}}\n\n";
		provider.answerInPieces("text/event-stream", failed);
		assertThat(gateway.send(call(QUESTION)).body()).isEqualTo(failed);
		assertThat(memory.exchanges).singleElement()
			.satisfies((exchange) -> assertThat(exchange.turns()).extracting(Exchange.Turn::partial)
				.containsExactly(false, true));
	}

	@Test
	void toolLoopThenSameBlockInTheQuestionAndRestUntouched() {
		String start = "{\"input\":[{\"role\":\"developer\",\"content\":\"Be\\u0020brief.\"},{\"type\":\"message\",\"role\":\"user\","
				+ "\"content\":[{\"type\":\"input_text\",\"text\":\"What breed is my dog?";
		String step = """
				,{"type":"reasoning","id":"rs_%1$d","summary":[],"encrypted_content":"gA\\/="},\
				{"type":"function_call","call_id":"c%1$d","name":"f","arguments":"{\\"a\\": 1.0}"},\
				{"type":"function_call_output","call_id":"c%1$d","output":"1.0"}""";
		List<String> steps = List.of("", step.formatted(1), step.formatted(1) + step.formatted(2));
		String end = "],\"model\":\"gpt-5.5\",\"stream\":false}";
		for (String done : steps) {
			gateway.send(call(start + "\"}]}" + done + end));
			memory.onRecall((query) -> Mono.just(FakeMemory.hit("Something else.")));
		}
		List<String> bodies = provider.requests().stream().map(LoggedRequest::getBodyAsString).toList();
		assertThat(bodies).hasSize(3);
		String block = bodies.get(0).substring(start.length(), bodies.get(0).length() - ("\"}]}" + end).length());
		assertThat(block).startsWith("\\n\\n<").contains(FakeMemory.FACT);
		for (int i = 0; i < 3; i++) {
			assertThat(bodies.get(i)).isEqualTo(start + block + "\"}]}" + steps.get(i) + end);
		}
		assertThat(memory.queries).hasSize(1);
		assertThat(memory.exchanges).extracting(Exchange::precededBy)
			.containsOnly(memory.exchanges.get(0).precededBy());
	}

	@Test
	void toolLoopWhenProviderKeepsTheHistoryThenNothingIsAskedAndAnswerIsStored() {
		String body = "{\"model\":\"gpt-5.5\",\"previous_response_id\":\"resp_0\","
				+ "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"1.0\"}]}";
		HttpResponse<String> response = gateway.send(call(body));
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("empty");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(body);
		assertThat(memory.queries).isEmpty();
		memory.assertStored("Rex is a beagle.");
	}

	@Test
	void responsesWhenPromptIsStoredAtTheProviderThenForwardedAsItIs() {
		String body = "{\"prompt\":{\"id\":\"pmpt_1\",\"variables\":{\"city\":\"Z\\u00fcrich\"}},\"conversation\":\"conv_1\"}";
		assertThat(gateway.send(call(body)).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(body);
		assertThat(memory.queries).isEmpty();
	}

	@Test
	void responsesWhenInBackgroundThenQuestionAloneIsStored() {
		provider.answerInPieces("application/json", QUEUED);
		assertThat(gateway.send(call(QUESTION.replace("false,", "true, \"background\": true,"))).body())
			.isEqualTo(QUEUED);
		memory.assertStored("What breed is my dog?");
	}

	@Test
	void responsesWhenThereIsNoMemoryKeyThenErrorInOpenAisForm() {
		HttpResponse<String> response = gateway
			.send(gateway.post(RESPONSES, QUESTION).header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).startsWith("{\"error\":{\"message\":").contains("missing_memory_key");
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void responsesWhenBodyCannotBeReadThenErrorNamesTheField() {
		HttpResponse<String> response = gateway.send(call("{\"input\":[{\"role\":\"user\",\"content\":7}]}"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("invalid_request_body", "\"param\":\"input[0].content\"");
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void responsesWhenProviderRefusesThenItsErrorIsUntouchedAndNothingIsStored() {
		String error = "{\"error\": {\"message\":\"Previous response not found.\",\"param\":\"previous_response_id\"}}\n";
		provider.answer(aResponse().withStatus(400).withBody(error));
		HttpResponse<String> response = gateway.send(call(QUESTION));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo(error);
		assertThat(memory.exchanges).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "POST,/compact", "POST,/input_tokens", "POST,/resp_1/cancel", "GET,/resp_1?stream=true&limit=2",
			"GET,/resp_1/input_items?limit=2", "DELETE,/resp_1" })
	void otherEndpointThenPassesWithoutMemory(String method, String path) {
		HttpResponse<String> response = gateway.send(gateway.request(RESPONSES + path)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? QUESTION : "")));
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("off");
		assertThat(provider.requests()).singleElement().satisfies((received) -> {
			assertThat(received.getUrl()).isEqualTo("/openai" + RESPONSES + path);
			assertThat(received.getMethod().getName()).isEqualTo(method);
			assertThat(received.getBodyAsString()).doesNotContain(FakeMemory.FACT);
			assertThat(received.getHeader("Authorization")).isEqualTo("Bearer sk-alice");
		});
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Memory-Mode: off", "X-Memory-Mode: read", "X-Memory-Store-Response: false" })
	void responsesWhenControlSaysSoThenLessIsStored(String header) {
		String[] control = header.split(": ");
		gateway.send(call(QUESTION).header(control[0], control[1]));
		assertThat(provider.onlyRequest().containsHeader(control[0])).isFalse();
		assertThat(memory.exchanges.stream().flatMap((exchange) -> exchange.turns().stream()))
			.hasSize(control[1].equals("false") ? 1 : 0);
	}

}
