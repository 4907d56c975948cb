package io.memoryrouter.gateway.admin.usage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.memoryrouter.gateway.admin.AdminScope;
import io.memoryrouter.gateway.admin.Administrator;
import io.memoryrouter.gateway.admin.AdministratorAuthenticator;
import io.memoryrouter.gateway.admin.Administrators;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;
import io.memoryrouter.keys.StoredMemoryKeyManager;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageAdministration}, on the embedded store.
 */
class UsageAdministrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T23:59:59Z"), ZoneOffset.UTC);

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

	private static final Map<String, Administrator> ADMINISTRATORS = Map.of("acme-token",
			new Administrator("acme", "alice", EnumSet.of(AdminScope.ADMIN)), "other-token",
			new Administrator("other", "bob", EnumSet.of(AdminScope.ADMIN)), "keys-token",
			new Administrator("acme", "carol", EnumSet.of(AdminScope.KEYS, AdminScope.PROVIDERS)));

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private UsageStore store;

	private MemoryKeyManager keys;

	private int batches;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.store = new EmbeddedUsageStore(this.database, Duration.ofDays(3_000), CLOCK);
		this.keys = new StoredMemoryKeyManager(new EmbeddedKeyRepository(this.database), (id) -> {
		}, CLOCK);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void usageWhenNothingIsNamedThenIsOfTheLast30DaysByDay() {
		add("acme", "key_1", 30);
		add("acme", "key_1", 29);
		add("acme", "key_1", 0);
		add("acme", "key_2", 0);
		JsonNode usage = usage("");
		assertThat(usage.path("truncated").asBoolean()).isFalse();
		assertThat(texts(usage, "day")).containsExactly("2026-10-26", "2026-11-24");
		assertThat(usage.path("data").get(1)).isEqualTo(JsonMapper.shared().readTree("""
				{"day": "2026-11-24", "requests": 2, "memory_tokens_injected": 4, "memories_stored": 6,
				"tokens_in": 8, "tokens_out": 10}"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			from=2026-11-22&to=2026-11-23                              | 2026-11-22,2026-11-23
			from=2026-11-22&to=2026-11-22                              | 2026-11-22
			from=2026-11-23                                            | 2026-11-23,2026-11-24
			to=2026-11-22                                              | 2026-11-22
			from=2026-11-23T23:30:00-05:00&to=2026-11-24T00:00:00Z     | 2026-11-24
			from=2026-11-22T12:00:00.5Z&to=2026-11-22T23:59:59%2B00:00 | 2026-11-22
			from=2026-11-23&to=2027-11-23                              | 2026-11-23,2026-11-24
			from=2026-11-25                                            |
			""")
	void usageWhenDaysAreNamedThenBothEndsCount(String parameters, @Nullable String days) {
		add("acme", "key_1", 0);
		add("acme", "key_1", 1);
		add("acme", "key_1", 2);
		assertThat(texts(usage("?" + parameters), "day"))
			.isEqualTo((days != null) ? List.of(days.split(",")) : List.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			from=yesterday                   | from
			from=                            | from
			from=2026-02-30                  | from
			from=20261124                    | from
			from=2026-11-24T10:00:00         | from
			from=%2B12026-11-24              | from
			from=-999999999-01-01            | from
			to=2026-13-01                    | to
			to=24.11.2026                    | to
			from=2026-11-24&to=2026-11-23    | from
			from=2025-11-23                  | from
			from=2024-01-01&to=2025-01-01    | from
			group_by=vault                   | group_by
			group_by=                        | group_by
			group_by=KEY                     | group_by
			""")
	void usageWhenParameterCannotBeReadThen400NamesIt(String parameters, String name) {
		JsonNode error = json(get("acme-token", "?" + parameters, administration(this.store, null)), 400).path("error");
		assertThat(error.path("param").asString()).isEqualTo(name);
		assertThat(error.path("message").asString()).contains("'" + name + "'");
	}

	@Test
	void usageWhenRangeIsTheLongestThenItIsAnswered() {
		add("acme", "key_1", 365);
		assertThat(texts(usage("?from=2025-11-24"), "day")).containsExactly("2025-11-24");
	}

	@Test
	void usageWhenByKeyThenKeysHaveIdAndName() {
		String id = key("acme", "Alice's");
		add("acme", id, 0);
		add("acme", id, 1);
		add("acme", "key_gone", 0);
		JsonNode usage = usage("?group_by=key");
		assertThat(texts(usage, "key")).containsExactly(id, "key_gone");
		assertThat(texts(usage, "name")).containsExactly("Alice's", "null");
	}

	@Test
	void usageWhenKeyIsRevokedThenItsCountsStay() {
		String id = key("acme", "Alice's");
		add("acme", id, 0);
		this.keys.revoke("acme", id).block(TIMEOUT);
		assertThat(texts(usage("?group_by=key"), "key")).containsExactly(id);
	}

	@Test
	void usageWhenByProviderThenWhatWentToNoneIsNull() {
		add(new UsageSource("acme", "key_1", "openai", "gpt-5.5"), 0);
		add(new UsageSource("acme", "key_2", "openai", "gpt-5"), 0);
		add(new UsageSource("acme", "key_1", null, null), 0);
		assertThat(texts(usage("?group_by=provider"), "provider")).containsExactly("openai", "null");
	}

	@Test
	void usageWhenByModelThenItIsNamedAsInRequests() {
		add(new UsageSource("acme", "key_1", "openrouter", "meta-llama/llama-4"), 0);
		add(new UsageSource("acme", "key_2", "openrouter", "meta-llama/llama-4"), 0);
		add(new UsageSource("acme", "key_1", "openai", "other"), 0);
		add(new UsageSource("acme", "key_1", null, null), 0);
		JsonNode usage = usage("?group_by=model");
		assertThat(texts(usage, "model")).containsExactly("openrouter/meta-llama/llama-4", "null", "openai/other");
		assertThat(texts(usage, "provider")).containsExactly("openrouter", "null", "openai");
	}

	@Test
	void usageWhenAccountIsAnotherThenItsUsageStaysUnseen() {
		String id = key("acme", "Alice's");
		add("acme", id, 0);
		add("other", "key_2", 0);
		for (String grouping : List.of("key", "provider", "model", "day")) {
			assertThat(usage("?group_by=" + grouping).path("data").get(0).path("requests").asInt()).isEqualTo(1);
			assertThat(usage("?account=other&group_by=" + grouping).path("data")).hasSize(1);
		}
		JsonNode others = json(get("other-token", "?group_by=key", administration(this.store, null)), 200);
		assertThat(texts(others, "key")).containsExactly("key_2");
	}

	/** A key's name belongs to its account, whoever has a count under its id. */
	@Test
	void usageWhenKeyIsAnotherAccountsThenItsNameStaysUnseen() {
		String id = key("acme", "Alice's");
		add("other", id, 0);
		JsonNode others = json(get("other-token", "?group_by=key", administration(this.store, null)), 200);
		assertThat(texts(others, "name")).containsExactly("null");
	}

	@ParameterizedTest
	@CsvSource({ "keys-token, 403", "nobodys-token, 401", "mk_AliceAliceAlice01, 401" })
	void usageWhenBearerMayNotThenIsRefused(String token, int status) {
		assertThat(json(get(token, "", administration(this.store, null)), status).path("error").isObject()).isTrue();
	}

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

	private String key(String account, String name) {
		KeyRecord key = this.keys.issue(new KeyRequest(account, name, null, List.of(), KeyMode.ON, null))
			.block(TIMEOUT)
			.record();
		return key.id();
	}

	private void add(String account, String key, int daysAgo) {
		add(new UsageSource(account, key, "openai", "gpt-5.5"), daysAgo);
	}

	private void add(UsageSource source, int daysAgo) {
		UsageBatch.Entry entry = new UsageBatch.Entry(source, TODAY.minusDays(daysAgo), new UsageCounts(1, 2, 3, 4, 5));
		this.store.add(new UsageBatch("test", ++this.batches, List.of(entry))).block(TIMEOUT);
	}

	private JsonNode usage(String query) {
		return json(get("acme-token", query, administration(this.store, null)), 200);
	}

	private UsageAdministration administration(UsageStore store, @Nullable UsageRecorder recorder) {
		AdministratorAuthenticator authenticator = (token) -> Mono.justOrEmpty(ADMINISTRATORS.get(token));
		return new UsageAdministration(store, recorder, this.keys, new Administrators(List.of(authenticator)), CLOCK);
	}

	private static EntityExchangeResult<String> get(String token, String query, UsageAdministration administration) {
		return WebTestClient.bindToRouterFunction(administration.routes())
			.configureClient()
			.responseTimeout(TIMEOUT)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16_000_000))
			.build()
			.get()
			.uri(URI.create("/v1/usage" + query))
			.header("Authorization", "Bearer " + token)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static JsonNode json(EntityExchangeResult<String> answer, int status) {
		assertThat(answer.getStatus().value()).as("%s", answer.getResponseBody()).isEqualTo(status);
		return JsonMapper.shared().readTree(answer.getResponseBody());
	}

	private static List<String> texts(JsonNode usage, String member) {
		return StreamSupport.stream(usage.path("data").spliterator(), false)
			.map((sum) -> sum.path(member))
			.map((value) -> value.isNull() ? "null" : value.asString())
			.toList();
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
