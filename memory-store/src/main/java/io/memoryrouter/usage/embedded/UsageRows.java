package io.memoryrouter.usage.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageCounts;
import io.memoryrouter.usage.UsageQuery.Grouping;
import io.memoryrouter.usage.UsageSource;
import io.memoryrouter.usage.UsageSum;
import org.jspecify.annotations.Nullable;

/**
 * The rows of counts, written and read. A provider or a model that is none is an empty
 * text, since a unique index of SQLite takes no two {@code NULL}s for the same.
 */
final class UsageRows {

	private static final String ADD = """
			INSERT INTO usage (account, day, key, provider, model, requests, memory_tokens_injected, memories_stored,
				tokens_in, tokens_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (account, day, key, provider, model) DO UPDATE SET
				requests = requests + excluded.requests,
				memory_tokens_injected = memory_tokens_injected + excluded.memory_tokens_injected,
				memories_stored = memories_stored + excluded.memories_stored,
				tokens_in = tokens_in + excluded.tokens_in,
				tokens_out = tokens_out + excluded.tokens_out""";

	private static final String SUMS = """
			SELECT %1$s, sum(requests) AS requests, sum(memory_tokens_injected) AS memory_tokens_injected,
				sum(memories_stored) AS memories_stored, sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out
			FROM usage WHERE account = ? AND day BETWEEN ? AND ?
			GROUP BY %1$s ORDER BY %2$s LIMIT ?""";

	private UsageRows() {
	}

	static void add(Connection connection, List<UsageBatch.Entry> entries) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(ADD)) {
			for (UsageBatch.Entry entry : entries) {
				bind(statement, entry);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	private static void bind(PreparedStatement statement, UsageBatch.Entry entry) throws SQLException {
		UsageSource source = entry.source();
		UsageCounts counts = entry.counts();
		statement.setString(1, source.account());
		statement.setLong(2, entry.day().toEpochDay());
		statement.setString(3, source.key());
		statement.setString(4, textOrEmpty(source.provider()));
		statement.setString(5, textOrEmpty(source.model()));
		statement.setLong(6, counts.requests());
		statement.setLong(7, counts.memoryTokensInjected());
		statement.setLong(8, counts.memoriesStored());
		statement.setLong(9, counts.tokensIn());
		statement.setLong(10, counts.tokensOut());
	}

	/**
	 * The statement that sums.
	 * @param grouping by what
	 * @return the statement; its parameters are the account, the first and the last day,
	 * and the limit
	 */
	static String sums(Grouping grouping) {
		String columns = switch (grouping) {
			case KEY -> "key";
			case PROVIDER -> "provider";
			case MODEL -> "provider, model";
			case DAY -> "day";
		};
		String order = (grouping == Grouping.DAY) ? columns : "sum(requests) DESC, " + columns;
		return SUMS.formatted(columns, order);
	}

	static UsageSum read(ResultSet row, Grouping grouping) throws SQLException {
		UsageCounts counts = new UsageCounts(row.getLong("requests"), row.getLong("memory_tokens_injected"),
				row.getLong("memories_stored"), row.getLong("tokens_in"), row.getLong("tokens_out"));
		return switch (grouping) {
			case KEY -> new UsageSum(row.getString("key"), null, null, null, counts);
			case PROVIDER -> new UsageSum(null, text(row, "provider"), null, null, counts);
			case MODEL -> new UsageSum(null, text(row, "provider"), text(row, "model"), null, counts);
			case DAY -> new UsageSum(null, null, null, LocalDate.ofEpochDay(row.getLong("day")), counts);
		};
	}

	private static @Nullable String text(ResultSet row, String column) throws SQLException {
		String text = row.getString(column);
		return text.isEmpty() ? null : text;
	}

	private static String textOrEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
