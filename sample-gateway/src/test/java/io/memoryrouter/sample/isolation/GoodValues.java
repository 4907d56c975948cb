package io.memoryrouter.sample.isolation;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Values that fit, whoever sends them.
 */
final class GoodValues {

	static final Map<String, String> ALL = new HashMap<>();

	static {
		put("on", "X-Memory-Mode", "mode", "memory");
		put("\"on\"", "/memory_mode", "/memory", "/mode");
		put("5", "X-Memory-Context-Limit", "limit", "/limit", "/memory_limit");
		put("100", "/max_tokens");
		put("vault", "X-Memory-Scope", "scope");
		put("\"vault\"", "/memory_scope");
		put("true", "X-Memory-Debug", "debug", "X-Memory-Store", "store", "store_response", "/memory_store",
				"/messages/0/memory", "/partial");
		put("""
				[{"role": "user", "content": "What is my dog called?"}, {"role": "assistant", "content": "Rex."}]""",
				"/messages");
		put("\"user\"", "/messages/0/role", "/role");
		put("\"Alice\"", "/messages/0/name", "/speaker");
		put("\"My dog is called Rex.\"", "/messages/0/content", "/messages/1/content", "/text", "/content");
		put("\"openai/gpt-5.5\"", "/model");
		put("\"2026-01-31T08:00:00Z\"", "/created_at", "/timestamp");
		put("user", "role");
		put("dog", "q");
		put("2026-01-31T08:00:00Z", "since");
		put("2036-01-31T08:00:00Z", "until");
		put(LocalDate.now(ZoneOffset.UTC).minusDays(7).toString(), "from");
		put(LocalDate.now(ZoneOffset.UTC).toString(), "to");
		put("key", "group_by");
		put("\"alice\"", "/name", "/id");
		put("\"2036-01-31T08:00:00Z\"", "/expires_at");
		put("\"PT1H\"", "/grace");
		put("\"sk-0123456789-0123456789\"", "/key");
	}

	private GoodValues() {
	}

	private static void put(String value, String... fields) {
		for (String field : fields) {
			ALL.put(field, value);
		}
	}

}
