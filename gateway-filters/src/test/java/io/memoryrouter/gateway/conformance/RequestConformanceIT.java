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
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.memory.Recall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

	private static ScriptedProvider provider;

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws Exception {
		provider = ScriptedProvider.start();
		gateway = TestGateway.start(memory, properties().toArray(String[]::new));
	}

	private static List<String> properties() {
		List<String> properties = new ArrayList<>();
		for (ConformanceDialect dialect : ConformanceDialect.values()) {
			properties.addAll(dialect.properties(provider.url()));
		}
		properties.addAll(List.of("memoryrouter.default-model=openai/gpt-5.5", "memoryrouter.context.deadline=10s",
				"memoryrouter.ingest.hold=10s"));
		for (Placement placement : Placement.values()) {
			String route = "spring.cloud.gateway.server.webflux.routes[" + placement.ordinal() + "]";
			properties.addAll(List.of(route + ".id=" + placement, route + ".uri=no://op",
					route + ".predicates[0]=Path=/" + placement + "/**", route + ".filters[0].name=Memory",
					route + ".filters[0].args.placement=" + placement));
		}
		return properties;
	}

	private static byte[] literal(String text) {
		String quoted = JsonMapper.shared().writeValueAsString(text);
		return quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
	}

	@BeforeEach
	void reset() {
		memory.reset();
		provider.answer((connection) -> connection.json("{}"));
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
		provider.close();
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
		provider.answer((connection) -> connection.json("{}"));
		return gateway.send(gateway.request("/" + placement + request.dialect().path())
			.header("Content-Type", "application/json")
			.header("X-Memory-Key", key)
			.header("X-Provider-Key", "sk-alice")
			.header("X-Session-ID", "conversation-" + sessions.incrementAndGet())
			.POST(body));
	}

	private static void assertForwarded(HttpResponse<String> response, byte[] expected) {
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		assertThat(provider.received).hasSize(1);
		ScriptedProvider.Received received = provider.received.get(0);
		SameBytes.assertSame(received.body(), expected, received.line());
		assertThat(received.headers()).containsEntry("content-length", String.valueOf(expected.length))
			.doesNotContainKey("transfer-encoding");
	}

}
