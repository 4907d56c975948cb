package io.memoryrouter.gateway.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeArchiveTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private static final Exchange EXCHANGE = new Exchange(new VaultId("v"), null, Instant.EPOCH, "",
			List.of(new Exchange.Turn(Role.USER, null, "Hi", false)));

	private static final Ingested STORED = new Ingested(List.of("mem_1"), 1);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private ExchangeArchive archive(MemoryIngestor ingestor, Duration hold, int maxPending) {
		return new ExchangeArchive(ingestor, new IngestSettings(hold, DataSize.ofKilobytes(1), maxPending),
				new GatewayMeters(this.registry));
	}

	private double count(String result) {
		return this.registry.counter("memoryrouter.gateway.exchanges", "result", result).count();
	}

	@Test
	void appendWhenItIsDurableThenCompletes() {
		ExchangeArchive archive = archive((exchange) -> Mono.just(STORED), BOUND, 1);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		assertThat(count("stored")).isEqualTo(1);
	}

	@Test
	void appendWhenHoldIsOverThenCompletesAndGoesOn() {
		Sinks.One<Ingested> store = Sinks.one();
		ExchangeArchive archive = archive((exchange) -> store.asMono(), Duration.ofMillis(1), 1);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		assertThat(count("late")).isEqualTo(1);
		store.tryEmitValue(STORED).orThrow();
		assertThat(count("stored")).isEqualTo(1);
	}

	@Test
	void appendWhenNobodyWaitsThenItIsDoneAllTheSame() {
		AtomicInteger subscriptions = new AtomicInteger();
		ExchangeArchive archive = archive(
				(exchange) -> Mono.just(STORED).doOnSubscribe((s) -> subscriptions.incrementAndGet()), BOUND, 1);
		Mono<Void> append = archive.append(EXCHANGE, RequestUsage.NONE);
		assertThat(subscriptions).hasValue(1);
		append.subscribe().dispose();
		assertThat(subscriptions).hasValue(1);
	}

	@Test
	void appendWhenStoreFailsThenCompletesAndCounts() {
		ExchangeArchive archive = archive((exchange) -> Mono.error(new IllegalStateException("x")), BOUND, 1);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		assertThat(count("failed")).isEqualTo(2);
	}

	@Test
	void appendWhenStoreThrowsThenCompletesAndCounts() {
		ExchangeArchive archive = archive((exchange) -> {
			throw new IllegalStateException("x");
		}, BOUND, 1);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		assertThat(count("failed")).isEqualTo(1);
	}

	@Test
	void appendWhenTooManyWaitThenIsRefusedAloud() {
		AtomicInteger calls = new AtomicInteger();
		ExchangeArchive archive = archive((exchange) -> {
			calls.incrementAndGet();
			return Mono.never();
		}, Duration.ofMillis(1), 1);
		archive.append(EXCHANGE, RequestUsage.NONE);
		StepVerifier.create(archive.append(EXCHANGE, RequestUsage.NONE)).expectComplete().verify(BOUND);
		assertThat(calls).hasValue(1);
		assertThat(count("failed")).isEqualTo(1);
	}

}
