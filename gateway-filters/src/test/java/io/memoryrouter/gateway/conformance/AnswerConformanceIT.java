package io.memoryrouter.gateway.conformance;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.gateway.testing.GatewayExtension;
import io.memoryrouter.gateway.testing.Route;
import io.memoryrouter.gateway.testing.ScriptedProvider;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Role;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Delivers every answer of the corpus in every way: what the client gets is, byte for
 * byte, what the provider sent, and what it says is stored.
 */
class AnswerConformanceIT {

	private static final FakeMemory memory = new FakeMemory();

	private static final ScriptedProvider provider = ScriptedProvider.start();

	@RegisterExtension
	static final GatewayExtension gateway = ConformanceDialect.all(GatewayExtension.between(memory, provider))
		.with("memoryrouter.ingest.hold=10s", "memoryrouter.ingest.max-answer-size=64KB")
		.route(Route.when("Path=/**").filter("Memory"));

	static Stream<AnswerCase> answers() {
		return Corpus.answers();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerWhenDeliveredInAnyWayThenBytesAreUntouchedAndTextIsStored(AnswerCase answer) {
		for (Delivery delivery : Delivery.values()) {
			memory.reset();
			byte[] body = delivery.encode(answer);
			provider.answer((connection) -> delivery.send(connection, answer.contentType(), body));
			HttpResponse<byte[]> response = ask(answer, delivery);
			assertUntouched(response, answer, delivery, body);
			assertStored(answer, delivery);
		}
	}

	private static HttpResponse<byte[]> ask(AnswerCase answer, Delivery delivery) {
		ConformanceDialect dialect = answer.dialect();
		HttpRequest.Builder request = gateway.request(answer.isStream() ? dialect.streamPath() : dialect.path())
			.header("Content-Type", "application/json")
			.header("X-Memory-Key", FakeMemory.KEY)
			.header("X-Provider-Key", "sk-alice")
			.POST(HttpRequest.BodyPublishers.ofByteArray(Corpus.plainRequest(dialect).sent()));
		return gateway.send(delivery.isGzipped() ? request.header("Accept-Encoding", "gzip") : request,
				HttpResponse.BodyHandlers.ofByteArray());
	}

	private static void assertUntouched(HttpResponse<byte[]> response, AnswerCase answer, Delivery delivery,
			byte[] body) {
		assertThat(response.statusCode()).isEqualTo(200);
		SameBytes.assertSame(response.body(), body, delivery.toString());
		assertThat(response.headers().allValues("Content-Type")).containsExactly(answer.contentType());
		assertThat(response.headers().allValues("Content-Encoding"))
			.isEqualTo(delivery.isGzipped() ? List.of("gzip") : List.of());
		assertThat(response.headers().allValues("X-Request-Id")).containsExactly("req_1");
	}

	private static void assertStored(AnswerCase answer, Delivery delivery) {
		assertThat(memory.exchanges).as("%s", delivery).hasSize(1);
		assertThat(memory.exchanges.get(0).turns()).as("%s", delivery)
			.filteredOn((turn) -> turn.role() == Role.ASSISTANT)
			.extracting(Exchange.Turn::text, Exchange.Turn::partial)
			.isEqualTo(answer.said().isEmpty() ? List.of() : List.of(tuple(answer.said(), answer.partial())));
	}

}
