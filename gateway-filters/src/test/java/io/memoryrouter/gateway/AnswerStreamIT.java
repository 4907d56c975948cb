package io.memoryrouter.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.gateway.testing.TestGateway;
import io.memoryrouter.memory.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static io.memoryrouter.gateway.testing.Bytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Answers as providers and networks deliver them: in pieces, cut off, compressed, never.
 */
class AnswerStreamIT {

	private static final String FIRST = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Rex is \"}}]}\n\n";

	private static final String SECOND = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a bëagle.\"}}]}\n\n";

	private static final String DONE = "data: [DONE]\n\n";

	private static final String STREAM = FIRST + SECOND + DONE;

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = GatewayExtension.between(memory, provider)
		.provider("openai", "/v1")
		.provider("slow", "/v1")
		.with("memoryrouter.providers.slow.timeout=1s", "memoryrouter.providers.gone.base-url=http://127.0.0.1:1/v1",
				"memoryrouter.ingest.hold=5s")
		.route(Route.when("Path=/keep/**").filter("Memory", "storeOnProviderError=true"))
		.route(Route.when("Path=/v1/**").filter("Memory"));

	private static Exchange stored() {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !memory.exchanges.isEmpty());
		assertThat(memory.exchanges).hasSize(1);
		return memory.exchanges.get(0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void answerWhenSplitAnywhereThenBytesAreUntouchedAndTextIsWhole(int size) {
		byte[] bytes = bytes(STREAM);
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			for (int start = 0; start < bytes.length; start += size) {
				connection.chunk(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + size)));
			}
			connection.end();
		});
		HttpResponse<byte[]> response = gateway.send(gateway.chat(TestGateway.QUESTION),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(response.body()).isEqualTo(bytes);
		assertThat(stored().turns()).extracting(Exchange.Turn::text, Exchange.Turn::partial)
			.containsExactly(tuple("What breed is my dog?", false), tuple("Rex is a bëagle.", false));
	}

	@Test
	void answerWhenItsEndIsSeenThenExchangeIsDurable() {
		AtomicBoolean durable = new AtomicBoolean();
		memory.onIngest((exchange) -> Mono.delay(Duration.ofMillis(300)).map((tick) -> {
			durable.set(true);
			return List.of("mem_1");
		}));
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(STREAM);
			connection.end();
		});
		HttpResponse<InputStream> response = gateway.send(gateway.chat(TestGateway.QUESTION),
				HttpResponse.BodyHandlers.ofInputStream());
		assertThat(readUntil(response.body(), "[DONE]")).endsWith(DONE);
		assertThat(durable).isTrue();
	}

	@Test
	void answerWhenStoreIsSlowThenWhatComesBeforeTheEndIsNotHeld() {
		AtomicBoolean durable = new AtomicBoolean();
		memory.onIngest((exchange) -> Mono.delay(Duration.ofMillis(300)).map((tick) -> {
			durable.set(true);
			return List.of("mem_1");
		}));
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(FIRST);
			connection.chunk(SECOND + DONE);
			connection.end();
		});
		HttpResponse<InputStream> response = gateway.send(gateway.chat(TestGateway.QUESTION),
				HttpResponse.BodyHandlers.ofInputStream());
		readUntil(response.body(), "Rex is ");
		assertThat(durable).isFalse();
		readUntil(response.body(), "[DONE]");
		assertThat(durable).isTrue();
	}

	@Test
	void answerWhenStoreFailsThenItEndsAsEver() {
		memory.onIngest((exchange) -> Mono.error(new IllegalStateException("disk full")));
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(STREAM);
			connection.end();
		});
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(STREAM);
	}

	@Test
	void answerWhenProviderBreaksOffThenTheTextSoFarIsStoredAsPartial() {
		CountDownLatch read = new CountDownLatch(1);
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(FIRST);
			await(read);
			connection.reset();
		});
		InputStream body = gateway.send(gateway.chat(TestGateway.QUESTION), HttpResponse.BodyHandlers.ofInputStream())
			.body();
		readUntil(body, "Rex is ");
		read.countDown();
		assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
		assertThat(stored().turns()).extracting(Exchange.Turn::text, Exchange.Turn::partial)
			.containsExactly(tuple("What breed is my dog?", false), tuple("Rex is ", true));
	}

	@Test
	void answerWhenClientHangsUpThenTheTextSoFarIsStoredAsPartialAndTheProviderIsLeft() throws IOException {
		AtomicBoolean left = new AtomicBoolean();
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(FIRST);
			connection.awaitHangUp();
			left.set(true);
		});
		try (InputStream body = gateway
			.send(gateway.chat(TestGateway.QUESTION), HttpResponse.BodyHandlers.ofInputStream())
			.body()) {
			readUntil(body, "Rex is ");
		}
		assertThat(stored().turns()).extracting(Exchange.Turn::text, Exchange.Turn::partial)
			.containsExactly(tuple("What breed is my dog?", false), tuple("Rex is ", true));
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilTrue(left);
	}

	@Test
	void answerWhenGzippedThenBytesAreUntouchedAndTextIsStored() {
		byte[] zipped = gzip(bytes(STREAM));
		provider.answer((connection) -> {
			connection.head("text/event-stream", "Content-Encoding: gzip");
			connection.chunk(Arrays.copyOfRange(zipped, 0, 15));
			connection.chunk(Arrays.copyOfRange(zipped, 15, zipped.length));
			connection.end();
		});
		HttpResponse<byte[]> response = gateway.send(
				gateway.chat(TestGateway.QUESTION).header("Accept-Encoding", "br, gzip;q=0.5, zstd"),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(response.body()).isEqualTo(zipped);
		assertThat(provider.onlyRequest().headers()).containsEntry("accept-encoding", "gzip;q=0.5");
		assertThat(stored().turns()).extracting(Exchange.Turn::text).contains("Rex is a bëagle.");
	}

	@Test
	void answerWhenNotStoredThenEncodingIsTheClientsChoice() {
		provider.answer((connection) -> connection.json("{}"));
		gateway.send(gateway.chat(TestGateway.QUESTION)
			.header("X-Memory-Mode", "read")
			.header("Accept-Encoding", "br, gzip"));
		assertThat(provider.onlyRequest().headers()).containsEntry("accept-encoding", "br, gzip");
	}

	@Test
	void answerWhenGarbageThenItPassesThroughAndNothingIsStored() {
		provider.answer((connection) -> connection.json("{\"choices\": garbage"));
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION));
		assertThat(response.body()).isEqualTo("{\"choices\": garbage");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void answerWhenErrorAndRouteSaysSoThenTheQuestionIsStored() {
		provider.answer((connection) -> connection.respond("500 Oops", "application/json", "{}"));
		HttpResponse<String> response = gateway.send(gateway.chat("/keep", TestGateway.QUESTION));
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(stored().turns()).extracting(Exchange.Turn::text).containsExactly("What breed is my dog?");
	}

	@Test
	void providerWhenUnreachableThen502InTheDialectsForm() {
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION.replace("openai/", "gone/")));
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("\"error\"", "provider_unreachable");
		assertThat(response.headers().firstValue("X-Memory-Outcome")).hasValue("hit");
		assertThat(memory.exchanges).isEmpty();
	}

	@Test
	void providerWhenItClosesWithoutAnAnswerThen502() {
		provider.answer(ScriptedProvider.Connection::reset);
		assertThat(gateway.send(gateway.chat(TestGateway.QUESTION)).statusCode()).isEqualTo(502);
	}

	@Test
	void providerWhenTooSlowThen504InTheDialectsForm() {
		provider.answer(ScriptedProvider.Connection::awaitHangUp);
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION.replace("openai/", "slow/")));
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.body()).contains("provider_timeout");
	}

	@Test
	void providerWhenItsHeadIsAllThatComesInTimeThenItsStreamMayTakeLonger() {
		provider.answer((connection) -> {
			connection.head("text/event-stream");
			connection.chunk(FIRST);
			Mono.delay(Duration.ofMillis(1200)).block();
			connection.chunk(DONE);
			connection.end();
		});
		HttpResponse<String> response = gateway.send(gateway.chat(TestGateway.QUESTION.replace("openai/", "slow/")));
		assertThat(response.body()).isEqualTo(FIRST + DONE);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String readUntil(InputStream body, String mark) {
		StringBuilder text = new StringBuilder();
		byte[] buffer = new byte[1024];
		try {
			while (text.indexOf(mark) < 0) {
				int read = body.read(buffer);
				assertThat(read).as("bytes before '%s'", mark).isPositive();
				text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

}
