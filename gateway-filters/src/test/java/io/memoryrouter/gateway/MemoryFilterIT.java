package io.memoryrouter.gateway;

import java.net.http.HttpResponse;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code Memory} in a route, from a client to a provider and back.
 */
class MemoryFilterIT {

	private static final String ANSWER = """
			{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":\
			{"role":"assistant","content":"Rex is a beagle."},"finish_reason":"stop"}]}""";

	private static final String STREAM = """
			data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Rex is "}}]}

			data: {"choices":[{"index":0,"delta":{"content":"a beagle."},"finish_reason":"stop"}]}

			data: [DONE]

			""";

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.provider("groq", "/openai/v1")
		.with("memoryrouter.providers.groq.api-key=gsk-deployment")
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@BeforeEach
	void answer() {
		provider.answer(aResponse().withHeader("Content-Type", "application/json").withBody(ANSWER));
	}

	@Test
	void chatWhenSomethingIsKnownThenProviderReceivesItInTheLastUserMessage() {
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(ANSWER);
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo("/v1/chat/completions");
		assertThat(received.getBodyAsString()).contains("\"model\": \"gpt-5.5\"")
			.contains("What breed is my dog?\\n\\n")
			.contains(FakeMemory.FACT);
		assertThat(received.getHeader("Content-Length")).isEqualTo(String.valueOf(received.getBody().length));
		assertThat(memory.queries).singleElement().satisfies((query) -> {
			assertThat(query.vault()).isEqualTo(FakeMemory.VAULT);
			assertThat(query.text()).isEqualTo("What breed is my dog?");
		});
	}

	@Test
	void chatWhenAnsweredThenHeadersTellWhatMemoryDid() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION).header("X-Session-ID", "conversation 1"));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("on");
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(response.headers().firstValue("X-Memory-Chunks-Retrieved")).hasValue("1");
		assertThat(response.headers().firstValue("X-Memory-Tokens-Injected")).hasValue("7");
		assertThat(response.headers().firstValue("X-Session-ID")).hasValue("conversation 1");
		assertThat(response.headers().firstValue("X-Provider-Detected")).hasValue("openai");
		assertThat(response.headers().firstValue("X-Embedding-Ms")).hasValue("3");
		assertThat(response.headers().firstValue("X-Memory-Retrieval-Ms")).hasValue("2");
		assertThat(response.headers().firstValue("X-MR-Overhead-Ms").orElse("")).matches("\\d+");
	}

	@Test
	void chatWhenAnsweredThenExchangeIsStored() {
		gateway.send(gateway.chat(TestGateway.QUESTION).header("X-Session-ID", "s1"));
		assertThat(memory.exchanges).singleElement().satisfies((exchange) -> {
			assertThat(exchange.vault()).isEqualTo(FakeMemory.VAULT);
			assertThat(exchange.session()).hasToString("s1");
			assertThat(exchange.turns()).containsExactly(
					new Exchange.Turn(Role.USER, null, "What breed is my dog?", false),
					new Exchange.Turn(Role.ASSISTANT, null, "Rex is a beagle.", false));
		});
	}

	@Test
	void chatWhenStreamedThenBytesAreUntouchedAndExchangeIsStored() {
		provider.answerInPieces("text/event-stream", STREAM);
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo(STREAM);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(memory.exchanges).singleElement()
			.satisfies((exchange) -> assertThat(exchange.turns()).extracting(Exchange.Turn::text)
				.containsExactly("What breed is my dog?", "Rex is a beagle."));
	}

	@Test
	void chatWhenKeySaysOffThenMemoryIsNotCalledAndBodyIsTheSameButForThePrefix() {
		HttpResponse<String> response = gateway.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY + ":off")
			.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(TestGateway.QUESTION.replace("openai/", ""));
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).isEmpty();
		assertThat(memory.authentications).hasValue(1);
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("off");
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("off");
	}

	@Test
	void chatWhenKeySaysReadThenNothingIsStored() {
		gateway.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY + ":read")
			.header("Authorization", "Bearer sk-alice"));
		assertThat(provider.onlyRequest().getBodyAsString()).contains(FakeMemory.FACT);
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void chatWhenKeySaysWriteThenNothingIsRecalled() {
		HttpResponse<String> response = gateway.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION)
			.header("X-Memory-Key", FakeMemory.KEY + ":write")
			.header("Authorization", "Bearer sk-alice"));
		assertThat(provider.onlyRequest().getBodyAsString()).doesNotContain(FakeMemory.FACT);
		assertThat(memory.queries).isEmpty();
		assertThat(memory.exchanges).hasSize(1);
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("off");
	}

	@Test
	void chatWhenDryRunThenItRecallsAndReportsAndDoesNothing() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION).header("X-Memory-Mode", "dry-run"));
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo(TestGateway.QUESTION.replace("openai/", ""));
		assertThat(response.headers().firstValue("X-Memory-Mode")).hasValue("dry-run");
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(response.headers().firstValue("X-Memory-Chunks-Retrieved")).hasValue("1");
		assertThat(response.headers().firstValue("X-Memory-Tokens-Injected")).hasValue("0");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void chatWhenItCarriesFieldsOfOursThenNoneReachesTheProvider() {
		String body = """
				{"session_id":"s1","model":"openai/gpt-5.5","memory_limit":3,"store":true,
				"messages":[{"role":"user","content":"Hi","memory":true}],"memory":"on"}""";
		gateway.send(gateway.post("/v1/chat/completions?limit=5&scope=vault&keep=me", body)
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", "sk-method-b")
			.header("X-Provider", "openai")
			.header("X-Memory-Scope", "vault")
			.header("X-Session-ID", "s2")
			.header("Authorization", "Bearer " + FakeMemory.KEY));
		LoggedRequest received = provider.onlyRequest();
		assertThat(received.getUrl()).isEqualTo("/v1/chat/completions?keep=me");
		assertThat(received.getHeader("Authorization")).isEqualTo("Bearer sk-method-b");
		assertThat(received.getHeaders().keys()).noneMatch((name) -> name.toLowerCase().startsWith("x-memory-"))
			.doesNotContain("X-Provider-Key", "X-Provider", "X-Session-ID");
		assertThat(received.getBodyAsString()).doesNotContain("session_id", "memory").contains("\"store\":true");
		assertThat(received.toString()).doesNotContain("mk_");
		assertThat(memory.queries).singleElement().satisfies((query) -> {
			assertThat(query.limit()).isEqualTo(3);
			assertThat(query.session()).hasToString("s1");
		});
	}

	@Test
	void chatWhenDeploymentHasTheKeyThenItIsUsed() {
		gateway
			.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION.replace("openai/gpt-5.5", "groq/llama/4"))
				.header("Authorization", "Bearer " + FakeMemory.KEY));
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/openai/v1/chat/completions");
		assertThat(provider.onlyRequest().getHeader("Authorization")).isEqualTo("Bearer gsk-deployment");
		assertThat(provider.onlyRequest().getBodyAsString()).contains("\"llama/4\"");
	}

	@Test
	void chatWhenProviderAnswersWithAnErrorThenItPassesThroughAndNothingIsStored() {
		provider.answer(aResponse().withStatus(429)
			.withHeader("Retry-After", "17")
			.withHeader("X-Memory-Outcome", "forged")
			.withBody("{\"error\":\"slow down\"}"));
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.body()).isEqualTo("{\"error\":\"slow down\"}");
		assertThat(response.headers().firstValue("Retry-After")).hasValue("17");
		assertThat(response.headers().allValues("X-Memory-Outcome")).containsExactly("hit");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void otherEndpointWhenCalledThenKeyIsSwappedAndMemoryLeftOut() {
		HttpResponse<String> response = gateway
			.send(gateway.post("/v1/embeddings?limit=5", "{\"model\":\"openai/x\",\"memory\":1}")
				.header("X-Memory-Key", FakeMemory.KEY)
				.header("X-Provider", "openai")
				.header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.onlyRequest().getUrl()).isEqualTo("/v1/embeddings?limit=5");
		assertThat(provider.onlyRequest().getBodyAsString()).isEqualTo("{\"model\":\"x\",\"memory\":1}");
		assertThat(provider.onlyRequest().getHeader("Authorization")).isEqualTo("Bearer sk-alice");
		assertThat(provider.onlyRequest().containsHeader("X-Memory-Key")).isFalse();
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("off");
		assertThat(memory.exchanges).isEmpty();
	}

}
