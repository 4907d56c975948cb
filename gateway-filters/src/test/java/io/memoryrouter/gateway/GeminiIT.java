package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Google's clients, from their request to Gemini and back.
 */
class GeminiIT {

	private static final String GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent";

	private static final String STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent";

	private static final String QUESTION = """
			{"contents": [{"role": "user", "parts": [{"text": "What breed is my dog?"}]}], "model": "models/other"}""";

	private static final String FIRST = """
			{"candidates": [{"content": {"parts": [{"text": "Rex is "}],"role": "model"},"index": 0}]}""";

	private static final String LAST = """
			{"candidates": [{"content": {"parts": [{"text": "a beagle."}],"role": "model"},"finishReason": "STOP"}]}""";

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("google", "/google/v1beta")
		.provider("openai", "/openai/v1")
		.provider("own", "/own/v1beta")
		.with("memoryrouter.providers.own.dialect=gemini", "memoryrouter.default-model=openai/gpt-5.5")
		.route(Route.when("Path=/v1beta/**").filter("Memory=google"))
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@BeforeEach
	void answer() {
		provider.answerInPieces("application/json; charset=UTF-8", LAST);
	}

	/** A call as Google's clients send it, the Memory Key beside it (method A). */
	private static HttpRequest.Builder call(String path) {
		return gateway.post(path, QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("x-goog-api-key", "AIza-alice");
	}

	@Test
	void generateThenMemoryIsInTheQuestionAndExchangeIsStored() {
		HttpResponse<String> response = gateway.send(call(GENERATE));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("google");
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo("/google" + GENERATE);
		assertThat(received.getBodyAsString()).contains("What breed is my dog?\\n\\n")
			.contains(FakeMemory.FACT)
			.endsWith("\"}]}], \"model\": \"models/other\"}");
		memory.assertStored("What breed is my dog?", "a beagle.");
	}

	@Test
	void streamWhenEventsThenBytesAreUntouchedAndExchangeIsStored() {
		String stream = "data: " + FIRST + "\r\n\r\ndata: " + LAST + "\r\n\r\n";
		provider.answerInPieces("text/event-stream", stream);
		HttpResponse<String> response = gateway.send(call(STREAM + "?alt=sse&limit=3&store=true"));
		assertThat(response.body()).isEqualTo(stream);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/google" + STREAM + "?alt=sse");
		assertThat(provider.onlyRequest().getBodyAsString()).contains(FakeMemory.FACT);
		assertThat(memory.queries).singleElement().satisfies((query) -> assertThat(query.limit()).isEqualTo(3));
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@Test
	void streamWhenArrayThenBytesAreUntouchedAndExchangeIsStored() {
		String stream = "[" + FIRST + "\n,\r\n" + LAST + "\n]\n";
		provider.answerInPieces("application/json; charset=UTF-8", stream);
		HttpResponse<String> response = gateway.send(call(STREAM));
		assertThat(response.body()).isEqualTo(stream);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/google" + STREAM);
		memory.assertStored("What breed is my dog?", "Rex is a beagle.");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-,AIza-a,mk,-,AIza-a", "AIza-a,-,mk,-,AIza-a", "mk,-,-,AIza-b,AIza-b",
			"-,mk,-,AIza-b,AIza-b", "AIza-a,-,mk,AIza-b,AIza-b", "mk,AIza-a,-,-,AIza-a", "AIza-a,mk,-,-,AIza-a" })
	void generateWhenKeysAreAnywhereThenProviderGetsItsOwnAlone(String parameter, String header, String memoryKey,
			String providerKey, String expected) {
		HttpRequest.Builder request = gateway
			.post(GENERATE + "?mode=on&keep=a%20b" + ((parameter != null) ? "&key=" + token(parameter) : ""), QUESTION);
		set(request, "x-goog-api-key", header);
		set(request, "X-Memory-Key", memoryKey);
		set(request, "X-Provider-Key", providerKey);
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo("/google" + GENERATE + "?keep=a%20b");
		assertThat(received.header("x-goog-api-key").values()).containsExactly(expected);
		assertThat(received.getHeaders().keys()).doesNotContain("Authorization", "X-Memory-Key", "X-Provider-Key");
		assertThat(received.toString()).doesNotContain("mk_");
		assertThat(memory.queries).hasSize(1);
	}

	private static void set(HttpRequest.Builder request, String header, String value) {
		if (value != null) {
			request.header(header, token(value));
		}
	}

	private static String token(String value) {
		return value.equals("mk") ? FakeMemory.KEY : value;
	}

	@ParameterizedTest
	@CsvSource({ "/v1beta/models/own/llama:generateContent,/own/v1beta/models/llama:generateContent",
			"/v1/models/own%2Fmeta%20x%2fllama:generateContent,/own/v1beta/models/meta%20x/llama:generateContent",
			"/v1/models/google/gemini%3AgenerateContent,/google/v1beta/models/gemini:generateContent",
			"/v1beta/models/own/v1/caf%C3%A9:8b:generateContent,/own/v1beta/models/v1/caf%C3%A9:8b:generateContent",
			"/v1beta/models/caf%c3%a9%2Fx:generateContent,/google/v1beta/models/caf%c3%a9%2Fx:generateContent" })
	void generateWhenModelHasPrefixThenItChoosesTheProviderAndIsTakenOff(String path, String expected) {
		assertThat(gateway.send(call(path)).statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo(expected);
		assertThat(provider.onlyRequest().getBodyAsString()).contains("\"model\": \"models/other\"")
			.contains(FakeMemory.FACT);
	}

	@Test
	void generateWhenNothingNamesAProviderThenDefaultModelDoesNotReplaceTheOneInThePath() {
		HttpResponse<String> response = gateway.send(call("/v1/models/gemini-2.5-flash:generateContent"));
		assertError(response, 400, "INVALID_ARGUMENT", "UNKNOWN_PROVIDER");
	}

	@Test
	void generateWhenModelLeadsElsewhereThen400() {
		HttpResponse<String> response = gateway.send(call("/v1beta/models/own/..%2F..%2Fadmin:generateContent"));
		assertError(response, 400, "INVALID_ARGUMENT", "INVALID_REQUEST_BODY");
	}

	@Test
	void generateWhenControlsThenNoneReachesTheProvider() {
		String body = "{\"memory_limit\":2,\"contents\":{\"memory\":true,\"parts\":{\"text\":\"Hi\"}},\"session_id\":\"s1\"}";
		gateway.send(gateway.post(GENERATE, body)
			.header("x-goog-api-key", FakeMemory.KEY)
			.header("X-Provider-Key", "AIza-b")
			.header("X-Memory-Store-Response", "false"));
		assertThat(provider.onlyRequest().getBodyAsString()).startsWith("{\"contents\":{\"parts\":{\"text\":\"Hi\\n\\n")
			.doesNotContain("session_id", "memory_limit", "\"memory\"");
		assertThat(memory.queries).singleElement().satisfies((query) -> {
			assertThat(query.limit()).isEqualTo(2);
			assertThat(query.session()).hasToString("s1");
		});
		memory.assertStored("Hi");
	}

	@ParameterizedTest
	@CsvSource({ GENERATE, STREAM, "/v1beta/models/x:countTokens", "/v1/models/x:embedContent", "/v1beta/files" })
	void callWhenThereIsNoMemoryKeyThenErrorHasGooglesForm(String path) {
		HttpResponse<String> response = gateway.send(gateway.post(path, QUESTION).header("x-goog-api-key", "AIza"));
		assertError(response, 401, "UNAUTHENTICATED", "MISSING_MEMORY_KEY");
	}

	@Test
	void generateWhenNobodyHasAProviderKeyThen401() {
		HttpResponse<String> response = gateway
			.send(gateway.post(GENERATE + "?key=" + FakeMemory.KEY, QUESTION).header("X-Memory-Mode", "on"));
		assertError(response, 401, "UNAUTHENTICATED", "MISSING_PROVIDER_KEY");
	}

	@Test
	void generateWhenBodyCannotBeReadThen400NamesTheField() {
		HttpResponse<String> response = gateway.send(gateway.post(GENERATE, "{\"contents\":[7]}")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("x-goog-api-key", "AIza"));
		assertError(response, 400, "INVALID_ARGUMENT", "INVALID_REQUEST_BODY");
		assertThat(response.body()).contains("\"param\":\"contents[0]\"");
	}

	private static void assertError(HttpResponse<String> response, int code, String status, String reason) {
		assertThat(response.statusCode()).isEqualTo(code);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.body()).startsWith("{\"error\":{\"code\":" + code + ",\"message\":\"")
			.contains("\"status\":\"" + status + "\"", "\"reason\":\"" + reason + "\"");
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void generateWhenProviderRefusesThenItsErrorPassesThroughAndNothingIsStored() {
		String error = "[{\n  \"error\": {\"code\": 429, \"status\": \"RESOURCE_EXHAUSTED\"}}\n]\n";
		provider.answer(aResponse().withStatus(429).withBody(error));
		HttpResponse<String> response = gateway.send(call(STREAM));
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.body()).isEqualTo(error);
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void countTokensThenKeyIsSwappedAndMemoryLeftOut() {
		HttpResponse<String> response = gateway
			.send(call("/v1beta/models/gemini-2.5-flash:countTokens?limit=5&key=" + FakeMemory.KEY));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl())
			.isEqualTo("/google/v1beta/models/gemini-2.5-flash:countTokens?limit=5");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(QUESTION);
		assertThat(provider.onlyRequest().getHeader("x-goog-api-key")).isEqualTo("AIza-alice");
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
	}

}
