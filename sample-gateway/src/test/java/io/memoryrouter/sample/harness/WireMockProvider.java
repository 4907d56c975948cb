package io.memoryrouter.sample.harness;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider of OpenAI's form that records what it is asked.
 */
public final class WireMockProvider implements AutoCloseable {

	private static final String PATH = "/v1/chat/completions";

	private static final String ANSWER = """
			{"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"gpt-5.5",
			"choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,"finish_reason":"stop"}],
			"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

	private static final String CHUNK = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
			+ "\"created\":1760000000,\"model\":\"gpt-5.5\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n";

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	/**
	 * Starts the provider; it answers "Noted." to everything.
	 */
	public WireMockProvider() {
		this.server.start();
		answer(json(ANSWER.formatted("Noted.")));
		this.server.stubFor(completions().withRequestBody(WireMock.matchingJsonPath("$[?(@.stream == true)]"))
			.willReturn(stream("Not", "ed.")));
	}

	/**
	 * Where it listens.
	 * @return the base URL, with the version segment
	 */
	public String baseUrl() {
		return this.server.baseUrl() + "/v1";
	}

	/**
	 * Answers requests for one model in a special way.
	 * @param model the model, without a prefix
	 * @param answer the answer
	 */
	public void answer(String model, ResponseDefinitionBuilder answer) {
		this.server.stubFor(completions().withRequestBody(WireMock.matchingJsonPath("$.model", WireMock.equalTo(model)))
			.willReturn(answer));
	}

	private void answer(ResponseDefinitionBuilder answer) {
		this.server.stubFor(completions().willReturn(answer));
	}

	private static MappingBuilder completions() {
		return WireMock.post(WireMock.urlPathEqualTo(PATH));
	}

	private static ResponseDefinitionBuilder json(String body) {
		return WireMock.aResponse().withHeader("Content-Type", "application/json").withBody(body);
	}

	private static ResponseDefinitionBuilder stream(String... words) {
		StringBuilder events = new StringBuilder(CHUNK.formatted("\"role\":\"assistant\",\"content\":\"\"", "null"));
		for (String word : words) {
			events.append(CHUNK.formatted("\"content\":\"" + word + "\"", "null"));
		}
		events.append(CHUNK.formatted("", "\"stop\"")).append("data: [DONE]\n\n");
		return WireMock.aResponse()
			.withHeader("Content-Type", "text/event-stream")
			.withBody(events.toString())
			.withChunkedDribbleDelay(5, 50);
	}

	/**
	 * All that it was asked.
	 * @return the requests, oldest first
	 */
	public List<LoggedRequest> requests() {
		return this.server.findAll(WireMock.postRequestedFor(WireMock.urlPathEqualTo(PATH)));
	}

	/**
	 * What it was asked last.
	 * @return the request
	 */
	public LoggedRequest lastRequest() {
		List<LoggedRequest> requests = requests();
		return requests.get(requests.size() - 1);
	}

	/**
	 * The body of a request.
	 * @param request the request
	 * @return its JSON
	 */
	public static JsonNode body(LoggedRequest request) {
		return JsonMapper.shared().readTree(request.getBody());
	}

	/**
	 * The text of the last message of a request.
	 * @param request the request
	 * @return the text
	 */
	public static String lastMessage(LoggedRequest request) {
		JsonNode messages = body(request).path("messages");
		return messages.path(messages.size() - 1).path("content").asString();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
