package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.memory.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static io.memoryrouter.gateway.testing.GatewayClient.outcome;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of requests when memory fails, when a gateway has routes of its own, and
 * when its other filters do their work.
 */
class MemoryRoutesIT {

	private static final String ANSWER = """
			{"choices":[{"index":0,"message":{"role":"assistant","content":"Rex."},"finish_reason":"stop"}]}""";

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.with("memoryrouter.context.deadline=300ms", "memoryrouter.context.breaker.window=1000",
				"memoryrouter.limits.body-size=2KB", "memoryrouter.ingest.hold=50ms")
		// does not go on without memory
		.route(Route.when("Path=/strict/**").filter("Memory", "on-memory-failure=reject"))
		// a company has it already
		.route(Route.when("Path=/own/**").as("own").to(provider.url()).filter("StripPrefix=1").filter("Memory"))
		// has nothing of ours
		.route(Route.when("Path=/plain/**").to(provider.url()))
		// tries again
		.route(Route.when("Path=/retry/**")
			.filter("Memory")
			.filter("Retry", "retries=2", "methods=POST", "series=SERVER_ERROR"))
		// its key is optional
		.route(Route.when("Path=/open/**").filter("Memory", "required=false"))
		// has the filters one by one
		.route(Route.when("Path=/single/**")
			.filter("MemoryIngest")
			.filter("MemoryContext=3")
			.filter("ProviderKey=openai")
			.filter("MemoryKey"))
		// knows keys alone
		.route(Route.when("Path=/keys/**").to(provider.url()).filter("MemoryKey"))
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@BeforeEach
	void answer() {
		provider.answer((connection) -> connection.json(ANSWER));
	}

	@Test
	void chatWhenRecallFailsThenItGoesOnWithoutMemory() {
		memory.onRecall((query) -> Mono.error(new IllegalStateException("store is broken")));
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(outcome(response)).isEqualTo("error");
		assertThat(provider.onlyRequest().text()).isEqualTo(TestGateway.QUESTION.replace("openai/", ""));
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
		HttpResponse<String> response = gateway.send(gateway.chat("/strict", TestGateway.QUESTION));
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
		assertThat(provider.onlyRequest().headers()).containsKey("content-length")
			.doesNotContainKey("transfer-encoding");
		assertThat(provider.onlyRequest().text()).contains(FakeMemory.FACT);
	}

	@Test
	void ownRouteWhenItHasAnAddressThenRequestStaysThere() {
		String question = TestGateway.QUESTION.replace("openai/", "deepseek/");
		HttpResponse<String> response = gateway.send(gateway.chat("/own", question));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
		assertThat(provider.onlyRequest().text()).contains("deepseek/gpt-5.5", FakeMemory.FACT);
		assertThat(provider.onlyRequest().headers()).containsEntry("authorization", "Bearer sk-alice")
			.doesNotContainKey("x-memory-key");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("own");
	}

	@Test
	void ownRouteWhenProviderKeyIsSentBesideTheMemoryKeyThenItTakesItsPlace() {
		gateway.send(gateway.post("/own/v1/chat/completions", TestGateway.QUESTION.replace("openai/", ""))
			.header("Authorization", "Bearer " + FakeMemory.KEY)
			.header("X-Provider-Key", "sk-method-b"));
		assertThat(provider.onlyRequest().headers()).containsEntry("authorization", "Bearer sk-method-b")
			.doesNotContainKey("x-provider-key");
	}

	@Test
	void plainRouteWhenCalledThenNothingIsChanged() {
		HttpResponse<String> response = gateway.send(gateway.chat("/plain", TestGateway.QUESTION));
		assertThat(provider.onlyRequest().text()).isEqualTo(TestGateway.QUESTION);
		assertThat(provider.onlyRequest().headers()).containsEntry("x-memory-key", FakeMemory.KEY);
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
		HttpResponse<String> response = gateway.send(gateway.chat("/retry", TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo(ANSWER);
		assertThat(provider.received).extracting(ScriptedProvider.Received::text).hasSize(2);
		assertThat(provider.received.get(1).text()).isEqualTo(provider.received.get(0).text())
			.containsOnlyOnce(FakeMemory.FACT);
		assertThat(memory.queries).hasSize(1);
		assertThat(memory.exchanges).hasSize(1);
	}

	@Test
	void retryWhenRequestIsWrongThenItIsNotTriedAgain() {
		HttpResponse<String> response = gateway.send(gateway.chat("/retry", "{}"));
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
		assertThat(gateway.send(gateway.chat("/single", question)).body()).isEqualTo(ANSWER);
		assertThat(provider.onlyRequest().text()).contains(FakeMemory.FACT);
		assertThat(memory.queries).singleElement().satisfies((query) -> assertThat(query.limit()).isEqualTo(3));
		assertThat(memory.exchanges).hasSize(1);
	}

	@Test
	void keyFilterWhenAloneThenOurFieldsStayHere() {
		gateway
			.send(gateway.chat("/keys", TestGateway.QUESTION.replace("{\"model\"", "{\"session_id\":\"s\",\"model\""))
				.header("X-Session-ID", "s"));
		assertThat(provider.onlyRequest().text()).isEqualTo(TestGateway.QUESTION);
		assertThat(provider.onlyRequest().headers()).doesNotContainKeys("x-memory-key", "x-session-id");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void toolLoopWhenItGoesOnThenTheSameBlockIsSentAndTheMessageIsOneExchange() {
		String user = "{\"role\":\"user\",\"content\":\"What breed is my dog?\"}";
		String step = """
				{"model":"openai/gpt-5.5","messages":[{"role":"system","content":"Now it is %s"},%s%s]}""";
		gateway.send(gateway.chat(step.formatted("10:00", user, "")));
		String first = provider.onlyRequest().text();
		memory.onRecall((query) -> Mono.just(FakeMemory.hit("Something else.")));
		provider.answer((connection) -> connection.json(ANSWER));
		gateway.send(gateway.chat(step.formatted("10:01", user,
				",{\"role\":\"assistant\",\"tool_calls\":[]},{\"role\":\"tool\",\"content\":\"42\"}")));
		assertThat(first).contains(FakeMemory.FACT);
		assertThat(provider.onlyRequest().text()).contains(FakeMemory.FACT).doesNotContain("Something else");
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
