package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.memory.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of requests when memory fails, when a gateway has routes of its own, and
 * when its other filters do their work.
 */
class MemoryRoutesIT {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	private static final String ANSWER = """
			{"choices":[{"index":0,"message":{"role":"assistant","content":"Rex."},"finish_reason":"stop"}]}""";

	private static final FakeMemory memory = new FakeMemory();

	private static ScriptedProvider provider;

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws Exception {
		provider = ScriptedProvider.start();
		String url = provider.url();
		gateway = TestGateway.start(memory, "memoryrouter.providers.openai.base-url=" + url + "/v1",
				"memoryrouter.context.deadline=300ms", "memoryrouter.context.breaker.window=1000",
				"memoryrouter.limits.body-size=2KB", "memoryrouter.ingest.hold=50ms",
				// a route that does not go on without memory
				ROUTES + "[0].id=strict", ROUTES + "[0].uri=no://op", ROUTES + "[0].predicates[0]=Path=/strict/**",
				ROUTES + "[0].filters[0].name=Memory", ROUTES + "[0].filters[0].args.on-memory-failure=reject",
				// a route that a company has already
				ROUTES + "[1].id=own", ROUTES + "[1].uri=" + url, ROUTES + "[1].predicates[0]=Path=/own/**",
				ROUTES + "[1].filters[0]=StripPrefix=1", ROUTES + "[1].filters[1]=Memory",
				// a route without anything of ours
				ROUTES + "[2].id=plain", ROUTES + "[2].uri=" + url, ROUTES + "[2].predicates[0]=Path=/plain/**",
				// a route that tries again
				ROUTES + "[3].id=retry", ROUTES + "[3].uri=no://op", ROUTES + "[3].predicates[0]=Path=/retry/**",
				ROUTES + "[3].filters[0]=Memory", ROUTES + "[3].filters[1].name=Retry",
				ROUTES + "[3].filters[1].args.retries=2", ROUTES + "[3].filters[1].args.methods=POST",
				ROUTES + "[3].filters[1].args.series=SERVER_ERROR",
				// a route whose key is optional
				ROUTES + "[4].id=open", ROUTES + "[4].uri=no://op", ROUTES + "[4].predicates[0]=Path=/open/**",
				ROUTES + "[4].filters[0].name=Memory", ROUTES + "[4].filters[0].args.required=false",
				// the filters one by one
				ROUTES + "[5].id=single", ROUTES + "[5].uri=no://op", ROUTES + "[5].predicates[0]=Path=/single/**",
				ROUTES + "[5].filters[0]=MemoryIngest", ROUTES + "[5].filters[1]=MemoryContext=3",
				ROUTES + "[5].filters[2]=ProviderKey=openai", ROUTES + "[5].filters[3]=MemoryKey",
				// only keys
				ROUTES + "[6].id=keys", ROUTES + "[6].uri=" + url, ROUTES + "[6].predicates[0]=Path=/keys/**",
				ROUTES + "[6].filters[0]=MemoryKey", ROUTES + "[7].id=llm", ROUTES + "[7].uri=no://op",
				ROUTES + "[7].predicates[0]=Path=/v1/**", ROUTES + "[7].filters[0]=Memory");
	}

	@BeforeEach
	void reset() {
		memory.reset();
		provider.answer((connection) -> connection.json(ANSWER));
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
		provider.close();
	}

	private static HttpRequest.Builder chat(String prefix, String body) {
		return gateway.post(prefix + "/v1/chat/completions", body)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice");
	}

	private static String outcome(HttpResponse<?> response) {
		return response.headers().firstValue("X-Memory-Outcome").orElse("");
	}

	private static ScriptedProvider.Received received() {
		assertThat(provider.received).hasSize(1);
		return provider.received.get(0);
	}

	@Test
	void chatWhenRecallFailsThenItGoesOnWithoutMemory() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException("store is broken")));
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(outcome(response)).isEqualTo("error");
		assertThat(received().text()).isEqualTo(TestGateway.QUESTION.replace("openai/", ""));
	}

	@Test
	void chatWhenRecallThrowsThenItGoesOnWithoutMemory() {
		memory.onRecall((query) -> {
			throw new IllegalStateException("store is broken");
		});
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(outcome(response)).isEqualTo("error");
	}

	@Test
	void chatWhenRecallOutlastsItsDeadlineThenItGoesOnWithoutMemory() {
		memory.onRecall((query) -> Mono.never());
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(outcome(response)).isEqualTo("timeout");
	}

	@Test
	void chatWhenRecallFailsAndRouteRejectsThen503() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException("store is broken")));
		HttpResponse<String> response = gateway.send(chat("/strict", TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.body()).contains("memory_unavailable");
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(provider.received).isEmpty();
	}

	@Test
	void chatWhenStoreDoesNotAnswerThenAnswerEndsAllTheSame() {
		Sinks.One<List<String>> append = Sinks.one();
		memory.onIngest((exchange) -> append.asMono());
		assertThat(gateway.send(gateway.chat(TestGateway.QUESTION)).body()).isEqualTo(ANSWER);
		assertThat(memory.exchanges).hasSize(1);
		append.tryEmitValue(List.of()).orThrow();
	}

	@Test
	void chatWhenKeysCannotBeLookedUpThen503AndNever401() {
		memory.failKeys(new KeyStoreUnavailableException("down", new IllegalStateException()));
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	void chatWhenBodyIsOverTheLimitThen413() {
		String body = TestGateway.QUESTION.replace("my dog", "my dog ".repeat(500));
		HttpResponse<String> response = gateway.send(gateway.chat(body));
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.body()).contains("request_too_large", "2048");
	}

	@Test
	void chatWhenBodyOfUnknownLengthIsOverTheLimitThen413() {
		byte[] body = TestGateway.QUESTION.replace("my dog", "my dog ".repeat(500)).getBytes();
		HttpRequest.Builder request = gateway.request("/v1/chat/completions")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")
			.POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(body)));
		assertThat(gateway.send(request).statusCode()).isEqualTo(413);
	}

	@Test
	void chatWhenBodyOfUnknownLengthThenItGoesOutWithItsLength() {
		HttpRequest.Builder request = gateway.request("/v1/chat/completions")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("Authorization", "Bearer sk-alice")
			.POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(TestGateway.QUESTION.getBytes())));
		assertThat(gateway.send(request).statusCode()).isEqualTo(200);
		assertThat(received().headers()).containsKey("content-length").doesNotContainKey("transfer-encoding");
		assertThat(received().text()).contains(FakeMemory.FACT);
	}

	@Test
	void ownRouteWhenItHasAnAddressThenRequestStaysThere() {
		String question = TestGateway.QUESTION.replace("openai/", "deepseek/");
		HttpResponse<String> response = gateway.send(chat("/own", question));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(received().line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
		assertThat(received().text()).contains("deepseek/gpt-5.5", FakeMemory.FACT);
		assertThat(received().headers()).containsEntry("authorization", "Bearer sk-alice")
			.doesNotContainKey("x-memory-key");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("own");
	}

	@Test
	void ownRouteWhenProviderKeyIsSentBesideTheMemoryKeyThenItTakesItsPlace() {
		gateway.send(gateway.post("/own/v1/chat/completions", TestGateway.QUESTION.replace("openai/", ""))
			.header("Authorization", "Bearer " + FakeMemory.KEY)
			.header("X-Provider-Key", "sk-method-b"));
		assertThat(received().headers()).containsEntry("authorization", "Bearer sk-method-b")
			.doesNotContainKey("x-provider-key");
	}

	@Test
	void plainRouteWhenCalledThenNothingIsChanged() {
		HttpResponse<String> response = gateway.send(chat("/plain", TestGateway.QUESTION));
		assertThat(received().text()).isEqualTo(TestGateway.QUESTION);
		assertThat(received().headers()).containsEntry("x-memory-key", FakeMemory.KEY);
		assertThat(response.headers().map().keySet()).noneMatch((name) -> name.startsWith("x-memory"));
		assertThat(memory.authentications).hasValue(0);
	}

	@Test
	void retryWhenProviderFailsOnceThenTheSameRequestIsSentAgain() {
		provider.answer((connection) -> {
			if (provider.received.size() == 1) {
				connection.respond("503 Busy", "application/json", "{}");
			}
			else {
				connection.json(ANSWER);
			}
		});
		HttpResponse<String> response = gateway.send(chat("/retry", TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(provider.received).extracting(ScriptedProvider.Received::text).hasSize(2);
		assertThat(provider.received.get(1).text()).isEqualTo(provider.received.get(0).text())
			.containsOnlyOnce(FakeMemory.FACT);
		assertThat(memory.queries).hasSize(1);
		assertThat(memory.exchanges).hasSize(1);
	}

	@Test
	void retryWhenRequestIsWrongThenItIsNotTriedAgain() {
		HttpResponse<String> response = gateway.send(chat("/retry", "{}"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(provider.received).isEmpty();
	}

	@Test
	void openRouteWhenThereIsNoKeyThenRequestGoesOnWithoutMemory() {
		HttpResponse<String> response = gateway.send(gateway.post("/open/v1/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(outcome(response)).isEqualTo("off");
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void singleFiltersWhenTogetherThenTheyDoWhatMemoryDoes() {
		String question = TestGateway.QUESTION.replace("openai/", "");
		assertThat(gateway.send(chat("/single", question)).body()).isEqualTo(ANSWER);
		assertThat(received().text()).contains(FakeMemory.FACT);
		assertThat(memory.queries).singleElement().satisfies((query) -> assertThat(query.limit()).isEqualTo(3));
		assertThat(memory.exchanges).hasSize(1);
	}

	@Test
	void keyFilterWhenAloneThenOurFieldsStayHere() {
		gateway.send(chat("/keys", TestGateway.QUESTION.replace("{\"model\"", "{\"session_id\":\"s\",\"model\""))
			.header("X-Session-ID", "s"));
		assertThat(received().text()).isEqualTo(TestGateway.QUESTION);
		assertThat(received().headers()).doesNotContainKeys("x-memory-key", "x-session-id");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void toolLoopWhenItGoesOnThenTheSameBlockIsSentAndTheMessageIsOneExchange() {
		String user = "{\"role\":\"user\",\"content\":\"What breed is my dog?\"}";
		String step = """
				{"model":"openai/gpt-5.5","messages":[{"role":"system","content":"Now it is %s"},%s%s]}""";
		gateway.send(gateway.chat(step.formatted("10:00", user, "")));
		String first = received().text();
		memory.onRecall((query) -> Mono.just(FakeMemory.hit("Something else.")));
		provider.answer((connection) -> connection.json(ANSWER));
		gateway.send(gateway.chat(step.formatted("10:01", user,
				",{\"role\":\"assistant\",\"tool_calls\":[]},{\"role\":\"tool\",\"content\":\"42\"}")));
		assertThat(first).contains(FakeMemory.FACT);
		assertThat(received().text()).contains(FakeMemory.FACT).doesNotContain("Something else");
		assertThat(memory.queries).hasSize(1);
		assertThat(memory.exchanges).extracting(Exchange::precededBy).hasSize(2);
		assertThat(memory.exchanges.get(1).precededBy()).isEqualTo(memory.exchanges.get(0).precededBy());
	}

	@Test
	void chatWhenRequestCarriesAMemoryThenItIsNotRecalled() {
		gateway.send(gateway.chat("""
				{"model":"openai/gpt-5.5","messages":[{"role":"user","content":"My dog Rex is a beagle."},\
				{"role":"assistant","content":"Nice!"},{"role":"user","content":"What breed is he?"}]}"""));
		assertThat(memory.queries).singleElement().satisfies((query) -> {
			assertThat(query.exclude().test(FakeMemory.hit(FakeMemory.FACT).memories().get(0).memory())).isTrue();
			assertThat(query.exclude().test(FakeMemory.hit("Another text.").memories().get(0).memory())).isFalse();
			assertThat(query.context()).containsExactly("My dog Rex is a beagle.", "Nice!");
		});
	}

}
