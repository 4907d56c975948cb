package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.memoryrouter.gateway.admin.AdminScope;
import io.memoryrouter.gateway.admin.Administrator;
import io.memoryrouter.gateway.admin.AdministratorAuthenticator;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.usage.UsageRecorder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
 * Usage from requests to what an administrator sees, with the real embedded store and a
 * provider of each family. Each test has an account of its own.
 */
class UsageIT {

	private static final String TOKEN = "administrators-token-of-";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String QUESTION = """
			{"model": "openai/gpt-5.5", "messages": [{"role": "user", "content": "My dog Rex is a beagle."}]}""";

	private static final String ANSWER = """
			{"choices": [{"index": 0, "message": {"role": "assistant", "content": "Noted."}, "finish_reason": "stop"}],
			"usage": {"prompt_tokens": 100, "completion_tokens": 7}}""";

	private static WireMockServer provider;

	@TempDir
	private static Path folder;

	private static TestGateway gateway;

	private final String account = "account-" + UUID.randomUUID();

	private IssuedKey key;

	@BeforeAll
	static void startAll() {
		provider = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		provider.start();
		gateway = startGateway();
	}

	@AfterAll
	static void stopAll() {
		gateway.close();
		provider.stop();
	}

	@BeforeEach
	void begin() {
		provider.resetAll();
		provider.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
		this.key = issue(this.account, "alice");
	}

	private static TestGateway startGateway(String... properties) {
		String base = provider.baseUrl();
		List<String> all = new ArrayList<>(List.of("memoryrouter.usage.flush-interval=1h",
				"memoryrouter.default-provider=openai", "memoryrouter.context.deadline=10s",
				"memoryrouter.ingest.hold=10s", "memoryrouter.providers.openai.base-url=" + base + "/v1",
				"memoryrouter.providers.anthropic.base-url=" + base + "/v1",
				"memoryrouter.providers.google.base-url=" + base + "/v1beta",
				"memoryrouter.providers.gone.base-url=http://127.0.0.1:1/v1",
				"spring.cloud.gateway.server.webflux.routes[0].id=llm",
				"spring.cloud.gateway.server.webflux.routes[0].uri=no://op",
				"spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/v1/**,/v1beta/**",
				"spring.cloud.gateway.server.webflux.routes[0].filters[0]=Memory"));
		all.addAll(List.of(properties));
		return TestGateway.startWithMemory(folder, List.of(AdministratorsOfAllAccounts.class),
				all.toArray(String[]::new));
	}

	private static IssuedKey issue(String account, String name) {
		return gateway.context()
			.getBean(MemoryKeyManager.class)
			.issue(new MemoryKeyManager.KeyRequest(account, name, null, List.of(), KeyMode.ON, null))
			.block(TIMEOUT);
	}

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

	@Test
	void usageWhenVaultIsErasedThenCountsStay() {
		chat(QUESTION);
		send(gateway.request("/v1/memory").header("X-Memory-Key", this.key.key().reveal()).DELETE(), 200);
		assertThat(counts(only("key"))).containsExactly(1, 2, 100, 7);
	}

	@Test
	void usageWhenGatewayIsRestartedThenCountsGoOn() {
		chat(QUESTION);
		gateway.close();
		gateway = startGateway();
		chat(QUESTION);
		JsonNode usage = only("key");
		assertThat(counts(usage)).containsExactly(2, 2, 200, 14);
		assertThat(usage.path("key").asString()).isEqualTo(this.key.record().id());
		assertThat(usage.path("name").asString()).isEqualTo("alice");
	}

	@Test
	void usageWhenAccountsDifferThenEachSeesItsOwn() {
		String other = this.account + "-other";
		IssuedKey bobs = issue(other, "bob");
		chat(QUESTION);
		send(gateway.post("/v1/chat/completions", QUESTION)
			.header("X-Memory-Key", bobs.key().reveal())
			.header("Authorization", "Bearer sk-bob"), 200);
		assertThat(only("key").path("name").asString()).isEqualTo("alice");
		assertThat(keysOf(other)).containsExactly(bobs.record().id());
		assertThat(keysOf(this.account)).containsExactly(this.key.record().id());
	}

	@Test
	void usageWhenMemoryKeyAsksThenIsRefused() {
		send(gateway.request("/v1/usage").header("Authorization", "Bearer " + this.key.key().reveal()), 401);
	}

	@Test
	void usageWhenCountingIsOffThenRequestsGoOnAndNothingIsCounted() {
		gateway.close();
		gateway = startGateway("memoryrouter.usage.enabled=false");
		assertThat(gateway.context().getBeansOfType(UsageRecorder.class)).isEmpty();
		chat(QUESTION);
		assertThat(usage(this.account, "key").path("data")).isEmpty();
		gateway.close();
		gateway = startGateway();
	}

	private HttpResponse<String> chat(String body) {
		return send(post("/v1/chat/completions", body), 200);
	}

	private void awaitVectors() {
		MemoryStore store = gateway.context().getBean(MemoryStore.class);
		await().atMost(TIMEOUT).until(() -> store.stats(this.key.record().vault()).block(TIMEOUT).pending() == 0);
	}

	private HttpRequest.Builder post(String path, String body) {
		return gateway.post(path, body)
			.header("X-Memory-Key", this.key.key().reveal())
			.header("X-Provider-Key", "sk-alice");
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, int status) {
		HttpResponse<String> answer = gateway.send(request);
		assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
		return answer;
	}

	private static JsonNode usage(String account, String grouping) {
		return JsonMapper.shared()
			.readTree(send(gateway.request("/v1/usage?group_by=" + grouping)
				.header("Authorization", "Bearer " + TOKEN + account), 200).body());
	}

	private JsonNode only(String grouping) {
		JsonNode data = usage(this.account, grouping).path("data");
		assertThat(data).hasSize(1);
		return data.get(0);
	}

	private static List<String> keysOf(String account) {
		return StreamSupport.stream(usage(account, "key").path("data").spliterator(), false)
			.map((sum) -> sum.path("key").asString())
			.toList();
	}

	/** Requests, memories, tokens in, tokens out. */
	private static List<Integer> counts(JsonNode usage) {
		return List.of(usage.path("requests").asInt(), usage.path("memories_stored").asInt(),
				usage.path("tokens_in").asInt(), usage.path("tokens_out").asInt());
	}

	/** The token of an account's administrator ends with its name. */
	@Configuration(proxyBeanMethods = false)
	static class AdministratorsOfAllAccounts {

		@Bean
		AdministratorAuthenticator administratorOfAnyAccount() {
			return (token) -> Mono.just(token)
				.filter((presented) -> presented.startsWith(TOKEN))
				.map((presented) -> new Administrator(presented.substring(TOKEN.length()), "alice",
						EnumSet.of(AdminScope.ADMIN)));
		}

	}

}
