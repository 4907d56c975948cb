package io.memoryrouter.gateway.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerCaptureTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";

	private final List<Exchange> stored = new CopyOnWriteArrayList<>();

	@Test
	void observePartsWhenTheLastComesBeforeTheFirstIsReadThenStoresTheWholeAnswer() {
		assertThat(write(Flux.just(part("Hello "), part("Alice."), Mono.just(buffer("data: [DONE]\n\n")))))
			.containsExactly(turn(Role.USER, "Hi", false), turn(Role.ASSISTANT, "Hello Alice.", false));
	}

	@Test
	void observePartsWhenTheyBreakOffBeforeTheFirstIsReadThenStoresWhatCame() {
		Flux<Publisher<DataBuffer>> parts = Flux.<Publisher<DataBuffer>>just(part("Hello "), part("Al"))
			.concatWith(Mono.error(new IllegalStateException("reset")));
		assertThat(write(parts)).containsExactly(turn(Role.USER, "Hi", false), turn(Role.ASSISTANT, "Hello Al", true));
	}

	/** Asks for all parts before it reads any, as a server may. */
	private List<Exchange.Turn> write(Flux<Publisher<DataBuffer>> parts) {
		Mono<Void> written = capture().observeParts(parts).collectList().flatMapMany(Flux::concat).then();
		StepVerifier.create(written.onErrorComplete()).expectComplete().verify(BOUND);
		assertThat(this.stored).hasSize(1);
		return this.stored.get(0).turns();
	}

	private AnswerCapture capture() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.TEXT_EVENT_STREAM);
		Dialect dialect = Dialect.of(HttpMethod.POST, "/v1/chat/completions");
		ExchangeArchive archive = new ExchangeArchive((exchange) -> {
			this.stored.add(exchange);
			return Mono.just(new Ingested(List.of("mem_1"), 1));
		}, new IngestSettings(BOUND, DataSize.ofKilobytes(1), 1), new GatewayMeters(new SimpleMeterRegistry()));
		ExchangeDraft draft = new ExchangeDraft(new VaultId("v"), null, Instant.EPOCH, "", turn(Role.USER, "Hi", false),
				true);
		return new AnswerCapture(dialect.answerReader(headers, 1024), draft, archive, RequestUsage.NONE, false);
	}

	private static Exchange.Turn turn(Role role, String text, boolean partial) {
		return new Exchange.Turn(role, null, text, partial);
	}

	private static Publisher<DataBuffer> part(String text) {
		return Mono.just(buffer(CHUNK.formatted(text)));
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
