package io.memoryrouter.gateway.admin.usage;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageAdministration}: what is not in the store yet, a store that
 * fails, and one that has more than is shown.
 */
class UsageAdministrationStoreTests extends AbstractUsageAdministrationTests {

	@Test
	void usageWhenProcessHasNotWrittenYetThenItIsSeenAllTheSame() {
		try (UsageRecorder recorder = new UsageRecorder(this.store, new SimpleMeterRegistry(), CLOCK)) {
			recorder.record(new UsageSource("acme", "key_1", null, null), UsageCounts.ofRequest(7));
			JsonNode usage = json(get("acme-token", "", administration(this.store, recorder)), 200);
			assertThat(usage.path("data").get(0).path("memory_tokens_injected").asInt()).isEqualTo(7);
		}
	}

	@Test
	void usageWhenWritingFailsThenWhatIsStoredIsShown() {
		add("acme", "key_1", 0);
		FailingStore failing = new FailingStore(this.store);
		try (UsageRecorder recorder = new UsageRecorder(failing, new SimpleMeterRegistry(), CLOCK)) {
			recorder.record(new UsageSource("acme", "key_1", null, null), UsageCounts.ofRequest(7));
			JsonNode usage = json(get("acme-token", "", administration(failing, recorder)), 200);
			assertThat(usage.path("data").get(0).path("requests").asInt()).isEqualTo(1);
		}
	}

	@Test
	void usageWhenStoreFailsThen503() {
		this.database.close();
		JsonNode error = json(get("acme-token", "", administration(this.store, null)), 503).path("error");
		assertThat(error.path("code").asString()).isEqualTo("usage_unavailable");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void usageWhenThereIsTooMuchThenItIsCutAndSaysSo(int beyond) {
		JsonNode usage = json(get("acme-token", "?group_by=provider",
				administration(new EndlessStore(UsageAdministration.MAX_SUMS + beyond), null)), 200);
		assertThat(usage.path("data")).hasSize(UsageAdministration.MAX_SUMS);
		assertThat(usage.path("truncated").asBoolean()).isEqualTo(beyond > 0);
	}

	/** Sums, but takes nothing. */
	private record FailingStore(UsageStore delegate) implements UsageStore {

		@Override
		public Mono<Void> add(UsageBatch batch) {
			return Mono.error(new MemoryStoreException("disk full"));
		}

		@Override
		public Flux<UsageSum> sum(UsageQuery query) {
			return this.delegate.sum(query);
		}

	}

	/** Has so many sums. */
	private record EndlessStore(int sums) implements UsageStore {

		@Override
		public Mono<Void> add(UsageBatch batch) {
			return Mono.empty();
		}

		@Override
		public Flux<UsageSum> sum(UsageQuery query) {
			return Flux.range(0, Math.min(this.sums, query.limit()))
				.map((i) -> new UsageSum(null, "p" + i, null, null, UsageCounts.NONE));
		}

	}

}
