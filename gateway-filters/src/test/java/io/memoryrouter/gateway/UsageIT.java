package io.memoryrouter.gateway;

import java.net.http.HttpResponse;

import io.memoryrouter.memory.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is counted of requests, of each family and with each outcome.
 */
class UsageIT extends AbstractUsageIT {

	@Test
	void chatWhenAnsweredThenRequestTokensAndMemoriesAreCounted() {
		chat(QUESTION);
		assertThat(only("model")).isEqualTo(JsonMapper.shared().readTree("""
				{"model": "openai/gpt-5.5", "provider": "openai", "requests": 1, "memory_tokens_injected": 0,
				"memories_stored": 2, "tokens_in": 100, "tokens_out": 7}"""));
	}

	@Test
	void chatWhenMemoriesArePutInThenTheirTokensAreCounted() {
		chat(QUESTION);
		awaitVectors();
		HttpResponse<String> answer = chat("""
				{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "What breed is my dog Rex?"}]}""");
		int injected = Integer.parseInt(answer.headers().firstValue("X-Memory-Tokens-Injected").orElseThrow());
		assertThat(injected).isPositive();
		assertThat(only("model").path("memory_tokens_injected").asInt()).isEqualTo(injected);
	}

	@Test
	void chatWhenSaidAgainThenItsMemoriesAreCountedOnce() {
		chat(QUESTION);
		chat(QUESTION);
		assertThat(counts(only("key"))).containsExactly(2, 2, 200, 14);
	}

	@Test
	void chatWhenPrefixIsLeftOutThenModelIsTheSame() {
		chat(QUESTION);
		chat(QUESTION.replace("openai/", ""));
		assertThat(only("model").path("requests").asInt()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "read, 0", "write, 2", "off, 0", "dry-run, 0" })
	void chatWhenMemoryDoesLessThenTokensAreCountedAllTheSame(String mode, int memories) {
		send(post("/v1/chat/completions", QUESTION).header("X-Memory-Mode", mode), 200);
		assertThat(counts(only("key"))).containsExactly(1, memories, 100, 7);
	}

	@Test
	void chatWhenNothingIsStoredThenProviderIsAskedForWhatCanBeReadAlong() {
		send(post("/v1/chat/completions", QUESTION).header("X-Memory-Mode", "read")
			.header("Accept-Encoding", "br, gzip"), 200);
		send(post("/v1/chat/completions", QUESTION).header("X-Memory-Mode", "off")
			.header("Accept-Encoding", "br, gzip"), 200);
		provider.verify(1, postRequestedFor(anyUrl()).withHeader("Accept-Encoding", equalTo("gzip")));
		provider.verify(1, postRequestedFor(anyUrl()).withHeader("Accept-Encoding", equalTo("br, gzip")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					/v1/chat/completions | openai/gpt-5.5 | data: {"choices":[{"index":0,"delta":{"content":"Noted."}}]}~~data: {"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":7}}~~data: [DONE]~~
					/v1/responses | openai/gpt-5.5 | event: response.output_text.delta~data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Noted."}~~event: response.completed~data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Noted."}]}],"usage":{"input_tokens":100,"output_tokens":7}}}~~
					/v1/messages | anthropic/claude | event: message_start~data: {"type":"message_start","message":{"role":"assistant","usage":{"input_tokens":60,"cache_read_input_tokens":40,"output_tokens":1}}}~~event: content_block_start~data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}~~event: content_block_delta~data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Noted."}}~~event: message_delta~data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}~~event: message_stop~data: {"type":"message_stop"}~~
					/v1beta/models/google%2Fgemini:streamGenerateContent?alt=sse | google/gemini | data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Noted."}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":4,"thoughtsTokenCount":3}}~~
					""")
	void streamWhenItTellsItsUsageThenTokensAreCounted(String path, String model, String events) {
		provider.stubFor(any(anyUrl()).willReturn(
				aResponse().withHeader("Content-Type", "text/event-stream").withBody(events.replace('~', '\n'))));
		String body = switch (model) {
			case "google/gemini" ->
				"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"My dog is a beagle.\"}]}]}";
			default -> path.endsWith("responses")
					? "{\"model\":\"" + model + "\",\"stream\":true,\"input\":\"My dog is a beagle.\"}"
					: "{\"model\":\"" + model + "\",\"max_tokens\":9,\"stream\":true,\"messages\":"
							+ "[{\"role\":\"user\",\"content\":\"My dog is a beagle.\"}]}";
		};
		send(post(path, body), 200);
		JsonNode usage = only("model");
		assertThat(usage.path("model").asString()).isEqualTo(model);
		assertThat(counts(usage)).containsExactly(1, 2, 100, 7);
	}

	@Test
	void streamWhenItTellsNoUsageThenRequestIsCountedWithoutTokens() {
		provider.stubFor(any(anyUrl()).willReturn(aResponse().withHeader("Content-Type", "text/event-stream")
			.withBody("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Noted.\"}}]}\n\ndata: [DONE]\n\n")));
		send(post("/v1/chat/completions", QUESTION.replace("{\"model", "{\"stream\":true, \"model")), 200);
		assertThat(counts(only("key"))).containsExactly(1, 2, 0, 0);
	}

	@Test
	void chatWhenProviderFailsThenRequestIsCounted() {
		provider.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(429).withBody(ANSWER)));
		send(post("/v1/chat/completions", QUESTION), 429);
		send(post("/v1/chat/completions", QUESTION.replace("openai/", "gone/")), 502);
		assertThat(counts(only("key"))).containsExactly(2, 0, 0, 0);
		assertThat(usage(this.account, "provider").path("data")).hasSize(2);
	}

	@Test
	void chatWhenRefusedBeforeItIsSentThenIsNotCounted() {
		send(post("/v1/chat/completions", QUESTION).setHeader("X-Memory-Mode", "maybe"), 400);
		send(gateway.post("/v1/chat/completions", QUESTION).header("X-Memory-Key", this.key.key().reveal()), 401);
		send(gateway.post("/v1/chat/completions", QUESTION).header("X-Memory-Key", "mk_NobodyNobodyNob1"), 401);
		assertThat(usage(this.account, "key").path("data")).isEmpty();
	}

	@Test
	void chatWhenTokensAreAbsurdThenTheyAreBounded() {
		provider.stubFor(any(anyUrl()).willReturn(okJson(ANSWER.replace("100,", "9223372036854775807,")
			.replace("\"completion_tokens\": 7", "\"completion_tokens\": -7"))));
		chat(QUESTION);
		chat(QUESTION);
		assertThat(only("key").path("tokens_in").asLong()).isEqualTo(2_000_000_000L);
		assertThat(only("key").path("tokens_out").asLong()).isZero();
	}

	@Test
	void passThroughWhenThereIsNoMemoryThenRequestIsCounted() {
		send(post("/v1/embeddings", "{\"model\": \"openai/text-embedding-3-small\", \"input\": \"Rex\"}"), 200);
		assertThat(only("model").path("model").asString()).isEqualTo("openai/text-embedding-3-small");
		send(gateway.request("/v1/files")
			.header("X-Memory-Key", this.key.key().reveal())
			.header("X-Provider-Key", "sk-alice"), 200);
		provider.verify(1, getRequestedFor(anyUrl()));
		assertThat(only("provider").path("requests").asInt()).isEqualTo(2);
	}

	@Test
	void retrievalOnlyCallsWhenTheySucceedThenTheyCountWithoutProvider() {
		String exchange = """
				{"messages": [{"role": "user", "content": "My dog Rex is a beagle."},
				{"role": "assistant", "content": "Noted."}], "model": "openai/gpt-5.5"}""";
		send(post("/v1/memory/ingest", exchange), 202);
		send(post("/v1/memory/ingest", exchange), 202);
		awaitVectors();
		HttpResponse<String> prepared = send(post("/v1/memory/prepare",
				"{\"messages\": [{\"role\": \"user\", \"content\": \"What breed is my dog Rex?\"}]}"), 200);
		send(post("/v1/memory/prepare", "{\"messages\": 7}"), 400);
		JsonNode usage = only("provider");
		assertThat(usage.path("provider").isNull()).isTrue();
		assertThat(counts(usage)).containsExactly(3, 2, 0, 0);
		assertThat(usage.path("memory_tokens_injected").asInt()).isPositive()
			.isEqualTo(JsonMapper.shared().readTree(prepared.body()).path("tokens").asInt());
	}

	@Test
	void uploadWhenLinesAreStoredThenTheNewOnesAreCounted() {
		String lines = "{\"content\": \"One\"}\n{\"content\": \"Two\"}\nno line\n{\"content\": \"One\"}\n";
		send(post("/v1/memory/upload", lines.replace("}", ", \"timestamp\": 1700000000000}")), 200);
		send(post("/v1/memory/upload", lines.replace("}", ", \"timestamp\": 1700000000000}")), 200);
		assertThat(counts(only("key"))).containsExactly(0, 2, 0, 0);
	}

	private void awaitVectors() {
		MemoryStore store = gateway.context().getBean(MemoryStore.class);
		await().atMost(TIMEOUT).until(() -> store.stats(this.key.record().vault()).block(TIMEOUT).pending() == 0);
	}

}
