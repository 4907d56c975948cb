package io.memoryrouter.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static io.memoryrouter.gateway.testing.GatewayClient.outcome;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a gateway does for its own sake: it stops asking a store that does not work, and
 * does not go before its work is done.
 */
class MemoryLimitsIT {

	private static final String ROUTE = "spring.cloud.gateway.server.webflux.routes[0]";

	private final FakeMemory memory = new FakeMemory();

	private ScriptedProvider provider;

	private TestGateway gateway;

	@BeforeEach
	void start() throws IOException {
		this.provider = ScriptedProvider.start();
		this.provider.answer((connection) -> connection.json("""
				{"choices":[{"index":0,"message":{"role":"assistant","content":"Rex."},"finish_reason":"stop"}]}"""));
		this.gateway = TestGateway.start(this.memory,
				"memoryrouter.providers.openai.base-url=" + this.provider.url() + "/v1",
				"memoryrouter.context.breaker.window=4", "memoryrouter.context.breaker.pause=1h", ROUTE + ".id=llm",
				ROUTE + ".uri=no://op", ROUTE + ".predicates[0]=Path=/v1/**", ROUTE + ".filters[0]=Memory");
	}

	@AfterEach
	void stop() throws IOException {
		this.gateway.close();
		this.provider.close();
	}

	@Test
	void chatWhenRecallsKeepFailingThenTheyAreSuspended() {
		this.memory.onRecall((query) -> Mono.error(new IllegalStateException("store is broken")));
		for (int i = 0; i < 6; i++) {
			assertThat(outcome(this.gateway.send(this.gateway.chat(TestGateway.QUESTION)))).isEqualTo("error");
		}
		assertThat(this.memory.queries).hasSize(4);
	}

	@Test
	void shutdownWhenAnAppendGoesOnThenItIsWaitedFor() {
		AtomicBoolean durable = new AtomicBoolean();
		this.memory.onIngest((exchange) -> Mono.delay(Duration.ofMillis(700)).map((tick) -> {
			durable.set(true);
			return List.of();
		}));
		this.gateway.send(this.gateway.chat(TestGateway.QUESTION));
		assertThat(durable).isFalse();
		this.gateway.close();
		assertThat(durable).isTrue();
	}

}
