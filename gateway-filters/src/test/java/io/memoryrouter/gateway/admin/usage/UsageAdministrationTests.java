package io.memoryrouter.gateway.admin.usage;

import java.util.List;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;
import io.memoryrouter.usage.UsageSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageAdministration}: the days and groups that are asked for, and
 * whose usage it is.
 */
class UsageAdministrationTests extends AbstractUsageAdministrationTests {

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

	private String key(String account, String name) {
		KeyRecord key = this.keys.issue(new KeyRequest(account, name, null, List.of(), KeyMode.ON, null))
			.block(TIMEOUT)
			.record();
		return key.id();
	}

}
