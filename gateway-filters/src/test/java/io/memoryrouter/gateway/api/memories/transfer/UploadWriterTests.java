package io.memoryrouter.gateway.api.memories.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.gateway.usage.RequestUsages;
import io.memoryrouter.gateway.usage.UsageHandlerFilter;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UploadWriter}.
 */
class UploadWriterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final VaultId VAULT = new VaultId("vault");

	@Test
	void storeWhenTheClientGoesAwayThenWhatIsStoredIsCounted(@TempDir Path folder) {
		Sinks.One<List<Ingested>> appended = Sinks.one();
		try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
			EmbeddedUsageStore usages = new EmbeddedUsageStore(database, Duration.ofDays(1), Clock.systemUTC());
			try (UsageRecorder recorder = new UsageRecorder(usages, new SimpleMeterRegistry(), Clock.systemUTC())) {
				UploadWriter writer = new UploadWriter(ingestor(appended), new EmbeddedMemoryStore(database),
						Clock.systemUTC());
				byte[] line = "{\"content\":\"One\"}".getBytes(StandardCharsets.UTF_8);
				writer.store(new UploadWriter.Target(VAULT, null, usage(recorder)), List.of(new UploadLine(1, line)))
					.subscribe()
					.dispose();
				appended.tryEmitValue(List.of(new Ingested(List.of("mem_1"), 1))).orThrow();
				recorder.flush().block(TIMEOUT);
			}
			LocalDate today = LocalDate.now(Clock.systemUTC());
			UsageQuery query = new UsageQuery("acme", today.minusDays(1), today, UsageQuery.Grouping.KEY, 10);
			assertThat(usages.sum(query).collectList().block(TIMEOUT)).singleElement()
				.satisfies((sum) -> assertThat(sum.counts().memoriesStored()).isEqualTo(1));
		}
	}

	private static MemoryIngestor ingestor(Sinks.One<List<Ingested>> appended) {
		return new MemoryIngestor() {

			@Override
			public Mono<Ingested> ingest(Exchange exchange) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<List<Ingested>> ingestAll(List<Exchange> exchanges) {
				return appended.asMono();
			}

		};
	}

	private static RequestUsage usage(UsageRecorder recorder) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/v1/memory/upload"));
		KeyRecord key = new KeyRecord("key_1", "acme", "alice", VAULT, List.of(), KeyMode.ON, Instant.EPOCH, null,
				null);
		KeyContext.ATTRIBUTE.set(exchange, new KeyContext(key, KeyMode.ON));
		new UsageHandlerFilter(new RequestUsages(recorder), false)
			.filter(ServerRequest.create(exchange, List.of()), (request) -> Mono.empty())
			.block(TIMEOUT);
		return RequestUsage.of(exchange);
	}

}
