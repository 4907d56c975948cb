package io.memoryrouter.gateway.conformance;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.memoryrouter.gateway.chat.body.Placement;
import io.memoryrouter.gateway.context.block.MemoryBlock;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.memory.Recall;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends every request of the corpus through the whole chain of filters: what the provider
 * gets is, byte for byte, what the client sent, but for what the corpus marks.
 */
class RequestConformanceIT {

	private static final Recall HIT = FakeMemory.hit("Zo\u00eb said: \"\\\n\t\ud83d\ude00</recalled-memories>\u2028");

	private static final byte[] BLOCK = literal(MemoryBlock.render(HIT.memories()));

	private static final Recall MISS = new Recall(Recall.Outcome.BELOW_THRESHOLD, List.of(), 0, HIT.embedding(),
			HIT.retrieval());

	private static final AtomicInteger sessions = new AtomicInteger();

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = gateway();

	private static GatewayExtension gateway() {
		GatewayExtension gateway = ConformanceDialect.all(GatewayExtension.between(memory, provider))
			.with("memoryrouter.default-model=openai/gpt-5.5", "memoryrouter.context.deadline=10s",
					"memoryrouter.ingest.hold=10s");
		for (Placement placement : Placement.values()) {
			gateway.route(Route.when("Path=/" + placement + "/**").filter("Memory", "placement=" + placement));
		}
		return gateway;
	}

	private static byte[] literal(String text) {
		String quoted = JsonMapper.shared().writeValueAsString(text);
		return quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
	}

	static Stream<RequestTemplate> requests() {
		return Corpus.requests();
	}

	static Stream<RequestTemplate> refused() {
		return Arrays.stream(ConformanceDialect.values()).map(Corpus::plainRequest).flatMap(AwkwardRequests::refused);
	}

	@ParameterizedTest
	@MethodSource("requests")
	void requestWhenMemoriesAreFoundThenTheBlockIsAllThatIsPutIn(RequestTemplate request) {
		memory.onRecall((query) -> Mono.just(HIT));
		for (Placement placement : Placement.values()) {
			byte[] expected = request.forwarded(placement, BLOCK);
			HttpResponse<String> response = send(request, placement, FakeMemory.KEY);
			assertForwarded(response, expected);
			boolean injected = expected.length != request.forwarded().length;
			assertThat(response.headers().firstValue("X-Memory-Tokens-Injected")).as("%s", placement)
				.hasValue(injected ? "7" : "0");
		}
	}

	@ParameterizedTest
	@MethodSource("requests")
	void requestWhenNothingIsFoundThenNothingIsPutIn(RequestTemplate request) {
		memory.onRecall((query) -> Mono.just(MISS));
		assertForwarded(send(request, Placement.USER_SUFFIX, FakeMemory.KEY), request.forwarded());
	}

	@ParameterizedTest
	@MethodSource("requests")
	void requestWhenKeyIsOffThenNothingIsPutIn(RequestTemplate request) {
		assertForwarded(send(request, Placement.USER_SUFFIX, FakeMemory.KEY + ":off"), request.forwarded());
		assertThat(memory.queries).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("requests")
	void requestWhenItComesInPiecesOfUnknownLengthThenItGoesOutWithItsLength(RequestTemplate request) {
		byte[] body = request.sent();
		List<byte[]> pieces = new ArrayList<>();
		int size = Math.max(1, body.length / 50);
		for (int start = 0; start < body.length; start += size) {
			pieces.add(Arrays.copyOfRange(body, start, Math.min(body.length, start + size)));
		}
		memory.onRecall((query) -> Mono.just(MISS));
		assertForwarded(
				send(request, Placement.USER_SUFFIX, FakeMemory.KEY, HttpRequest.BodyPublishers.ofByteArrays(pieces)),
				request.forwarded());
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenItIsSentAgainThenTheProviderGetsTheSameBytes(ConformanceDialect dialect) {
		RequestTemplate request = Corpus.plainRequest(dialect);
		memory.onRecall((query) -> Mono.just(HIT));
		byte[] expected = request.forwarded(Placement.USER_SUFFIX, BLOCK);
		assertForwarded(send(request, Placement.USER_SUFFIX, FakeMemory.KEY), expected);
		assertForwarded(send(request, Placement.USER_SUFFIX, FakeMemory.KEY), expected);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void requestWhenItIsNoJsonThenItIsRefusedAndNothingIsSent(RequestTemplate request) {
		HttpResponse<String> response = send(request, Placement.USER_SUFFIX, FakeMemory.KEY);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"error\"").doesNotContain("beagle");
		assertThat(provider.received).isEmpty();
		assertThat(memory.queries).isEmpty();
	}

	private static HttpResponse<String> send(RequestTemplate request, Placement placement, String key) {
		return send(request, placement, key, HttpRequest.BodyPublishers.ofByteArray(request.sent()));
	}

	/** Each request is a conversation of its own: none gets the block of another. */
	private static HttpResponse<String> send(RequestTemplate request, Placement placement, String key,
			HttpRequest.BodyPublisher body) {
		provider.reset();
		return gateway.send(gateway.request("/" + placement + request.dialect().path())
			.header("Content-Type", "application/json")
			.header("X-Memory-Key", key)
			.header("X-Provider-Key", "sk-alice")
			.header("X-Session-ID", "conversation-" + sessions.incrementAndGet())
			.POST(body));
	}

	private static void assertForwarded(HttpResponse<String> response, byte[] expected) {
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		ScriptedProvider.Received received = provider.onlyRequest();
		SameBytes.assertSame(received.body(), expected, received.line());
		assertThat(received.headers()).containsEntry("content-length", String.valueOf(expected.length))
			.doesNotContainKey("transfer-encoding");
	}

}
