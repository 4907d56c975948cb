package io.memoryrouter.gateway.admin.usage;

import java.util.LinkedHashMap;
import java.util.Map;

import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageSum;
import org.jspecify.annotations.Nullable;

/**
 * Writes sums as the endpoint shows them. A model has its provider's name as a prefix, as
 * in requests.
 */
final class UsageJson {

	private UsageJson() {
	}

	/**
	 * A sum.
	 * @param grouping what it is summed by
	 * @param sum the sum
	 * @param keyName the name of its key, or {@code null}
	 * @return the members
	 */
	static Map<String, @Nullable Object> of(Grouping grouping, UsageSum sum, @Nullable String keyName) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		switch (grouping) {
			case KEY -> {
				json.put("key", sum.key());
				json.put("name", keyName);
			}
			case PROVIDER -> json.put("provider", sum.provider());
			case MODEL -> {
				json.put("model", model(sum));
				json.put("provider", sum.provider());
			}
			case DAY -> json.put("day", String.valueOf(sum.day()));
		}
		putCounts(json, sum.counts());
		return json;
	}

	private static @Nullable String model(UsageSum sum) {
		return (sum.model() != null && sum.provider() != null) ? sum.provider() + "/" + sum.model() : sum.model();
	}

	private static void putCounts(Map<String, @Nullable Object> json, UsageCounts counts) {
		json.put("requests", counts.requests());
		json.put("memory_tokens_injected", counts.memoryTokensInjected());
		json.put("memories_stored", counts.memoriesStored());
		json.put("tokens_in", counts.tokensIn());
		json.put("tokens_out", counts.tokensOut());
	}

}
