package io.memoryrouter.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.StubbedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that {@code Memory} refuses in a route, and what it tells their clients.
 */
class MemoryFilterRefusalIT {

	private static final FakeMemory memory = new FakeMemory();

	private static final StubbedProvider provider = StubbedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.provider("groq", "/openai/v1")
		.with("memoryrouter.providers.groq.api-key=gsk-deployment")
		.route(Route.when("Path=/v1/**").filter("Memory"));

	@Test
	void chatWhenNobodyHasAProviderKeyThenItSaysHowToSupplyOne() {
		HttpResponse<String> response = gateway.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION)
			.header("Authorization", "Bearer " + FakeMemory.KEY));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("missing_provider_key", "X-Provider-Key",
				"memoryrouter.providers.openai.api-key");
	}

	@Test
	void chatWhenThereIsNoMemoryKeyThen401() {
		HttpResponse<String> response = gateway.send(
				gateway.post("/v1/chat/completions", TestGateway.QUESTION).header("Authorization", "Bearer sk-alice"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("missing_memory_key");
		assertThat(provider.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mk_AliceAliceAlice01:on", "mk_short", "mk_AliceAliceAlice01:", "mk_UnknownUnknown00" })
	void chatWhenMemoryKeyIsNotAcceptedThen401(String key) {
		HttpResponse<String> response = gateway
			.send(gateway.post("/v1/chat/completions", TestGateway.QUESTION).header("Authorization", "Bearer " + key));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).doesNotContain(key);
	}

	@Test
	void chatWhenTwoKeysArePresentedThen400() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION).header("x-api-key", "mk_BobBobBobBobBob01"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("ambiguous_memory_key");
	}

	@Test
	void chatWhenControlCannotBeReadThenErrorNamesIt() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION).header("X-Memory-Mode", "maybe"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("X-Memory-Mode", "dry-run");
	}

	@Test
	void chatWhenBodyIsNotJsonThen400() {
		HttpResponse<String> response = gateway.send(gateway.chat("{\"model\": "));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("invalid_request_body");
	}

	@Test
	void chatWhenContentTypeIsNotJsonThen415() {
		HttpRequest.Builder request = gateway.request("/v1/chat/completions")
			.header("Content-Type", "text/plain")
			.header("X-Memory-Key", FakeMemory.KEY)
			.POST(HttpRequest.BodyPublishers.ofString(TestGateway.QUESTION));
		assertThat(gateway.send(request).statusCode()).isEqualTo(415);
	}

	@Test
	void chatWhenBodyIsCompressedThen415NamesTheFix() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION).header("Content-Encoding", "gzip"));
		assertThat(response.statusCode()).isEqualTo(415);
		assertThat(response.body()).contains("Content-Encoding");
	}

	@Test
	void requestWhenNothingNamesAProviderThen400() {
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION.replace("openai/", "")));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("unknown_provider", "X-Provider");
	}

	@Test
	void requestWhenHeaderNamesAnUnknownProviderThen400() {
		HttpResponse<String> response = gateway
			.send(gateway.chat(TestGateway.QUESTION.replace("openai/", "")).header("X-Provider", "nobody"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("X-Provider");
	}

}
