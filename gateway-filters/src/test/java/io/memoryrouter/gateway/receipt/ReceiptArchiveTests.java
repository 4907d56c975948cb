package io.memoryrouter.gateway.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.testing.FakeMemory;
import io.memoryrouter.memory.receipt.Receipt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiptArchiveTests {

	private final FakeMemory memory = new FakeMemory();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ReceiptArchive archive = new ReceiptArchive(this.memory, new GatewayMeters(this.registry), 2,
			Duration.ofSeconds(10));

	private Receipt receipt() {
		return new Receipt(this.archive.nextId(), Instant.EPOCH, FakeMemory.VAULT, null,
				new Receipt.Request("on", "openai", null, null), "empty", List.of(), 0, 0, null,
				new Receipt.Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO));
	}

	private double lost() {
		return this.registry.get("memoryrouter.gateway.receipts.lost").counter().count();
	}

	@Test
	void nextIdWhenAskedOftenThenTheyAre128BitsAndDiffer() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			ids.add(this.archive.nextId());
		}
		assertThat(ids).hasSize(1_000).allMatch((id) -> id.matches("rcpt_[0-9a-f]{32}"));
	}

	@Test
	void saveWhenTheStoreWorksThenItIsThereAtOnce() {
		Receipt receipt = receipt();
		this.archive.save(receipt);
		assertThat(this.memory.find(FakeMemory.VAULT, receipt.id()).block()).isSameAs(receipt);
		assertThat(lost()).isZero();
	}

	@Test
	void saveWhenTheStoreFailsThenItIsCounted() {
		this.memory.onReceipt((receipt) -> Mono.error(new IllegalStateException("down")));
		this.archive.save(receipt());
		this.memory.onReceipt((receipt) -> {
			throw new IllegalStateException("not even a publisher");
		});
		this.archive.save(receipt());
		assertThat(lost()).isEqualTo(2);
	}

	@Test
	void saveWhenTheStoreHangsThenAFewWaitAndOthersAreLostUntilThoseAreGivenUp() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			AtomicInteger attempts = new AtomicInteger();
			this.memory.onReceipt((receipt) -> {
				attempts.incrementAndGet();
				return Mono.never();
			});
			this.archive.save(receipt());
			this.archive.save(receipt());
			this.archive.save(receipt());
			assertThat(attempts).hasValue(2);
			assertThat(lost()).isEqualTo(1);
			time.advanceTimeBy(Duration.ofSeconds(10));
			assertThat(lost()).isEqualTo(3);
			this.archive.save(receipt());
			assertThat(attempts).hasValue(3);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

}
