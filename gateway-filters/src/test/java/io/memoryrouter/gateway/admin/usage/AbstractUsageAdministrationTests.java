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
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.StoredMemoryKeyManager;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageRecorder;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.embedded.EmbeddedUsageStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Usage on the embedded store, as {@link UsageAdministration} shows it to administrators.
 */
abstract class AbstractUsageAdministrationTests {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T23:59:59Z"), ZoneOffset.UTC);

	static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

	static final Map<String, Administrator> ADMINISTRATORS = Map.of("acme-token",
			new Administrator("acme", "alice", EnumSet.of(AdminScope.ADMIN)), "other-token",
			new Administrator("other", "bob", EnumSet.of(AdminScope.ADMIN)), "keys-token",
			new Administrator("acme", "carol", EnumSet.of(AdminScope.KEYS, AdminScope.PROVIDERS)));

	@TempDir
	Path folder;

	EmbeddedDatabase database;

	UsageStore store;

	MemoryKeyManager keys;

	int batches;

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

	void add(String account, String key, int daysAgo) {
		add(new UsageSource(account, key, "openai", "gpt-5.5"), daysAgo);
	}

	void add(UsageSource source, int daysAgo) {
		UsageBatch.Entry entry = new UsageBatch.Entry(source, TODAY.minusDays(daysAgo), new UsageCounts(1, 2, 3, 4, 5));
		this.store.add(new UsageBatch("test", ++this.batches, List.of(entry))).block(TIMEOUT);
	}

	JsonNode usage(String query) {
		return json(get("acme-token", query, administration(this.store, null)), 200);
	}

	UsageAdministration administration(UsageStore store, @Nullable UsageRecorder recorder) {
		AdministratorAuthenticator authenticator = (token) -> Mono.justOrEmpty(ADMINISTRATORS.get(token));
		return new UsageAdministration(store, recorder, this.keys, new Administrators(List.of(authenticator)), CLOCK);
	}

	static EntityExchangeResult<String> get(String token, String query, UsageAdministration administration) {
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

	static JsonNode json(EntityExchangeResult<String> answer, int status) {
		assertThat(answer.getStatus().value()).as("%s", answer.getResponseBody()).isEqualTo(status);
		return JsonMapper.shared().readTree(answer.getResponseBody());
	}

	static List<String> texts(JsonNode usage, String member) {
		return StreamSupport.stream(usage.path("data").spliterator(), false)
			.map((sum) -> sum.path(member))
			.map((value) -> value.isNull() ? "null" : value.asString())
			.toList();
	}

}
