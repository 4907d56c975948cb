package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Lists memories, newest or oldest first. A page goes on behind a memory's time and
 * sequence and not at a number of rows, so that nothing that comes or goes in between
 * shifts it.
 */
final class MemoryPager {

	/** Far beyond any year that a memory may have, and far from overflowing. */
	private static final long MAX_SECONDS = Long.MAX_VALUE / 2_000;

	private static final int NANOS_PER_MILLI = 1_000_000;

	private final MemoryRows memories = new MemoryRows();

	private final VaultId vault;

	private final MemoryFilter filter;

	private final boolean newestFirst;

	private MemoryPager(VaultId vault, MemoryFilter filter, boolean newestFirst) {
		this.vault = vault;
		this.filter = filter;
		this.newestFirst = newestFirst;
	}

	static MemoryPager newestFirst(VaultId vault, MemoryFilter filter) {
		return new MemoryPager(vault, filter, true);
	}

	static MemoryPager oldestFirst(VaultId vault) {
		return new MemoryPager(vault, MemoryFilter.ALL, false);
	}

	Page page(Connection connection, @Nullable PageCursor after, int limit) throws SQLException {
		Query query = query(after);
		try (PreparedStatement statement = Statements.prepare(connection, query.sql.toString(),
				query.parameters.toArray()); ResultSet rows = statement.executeQuery()) {
			return read(rows, limit);
		}
	}

	/** Rows come as they are asked for: those behind the page are not read. */
	private Page read(ResultSet rows, int limit) throws SQLException {
		WordMatcher words = (this.filter.words() != null) ? new WordMatcher(this.filter.words()) : null;
		List<Memory> page = new ArrayList<>();
		PageCursor end = null;
		while (rows.next()) {
			Memory memory = this.memories.memory(rows, this.vault);
			if (words != null && !words.matches(memory.text())) {
				continue;
			}
			if (page.size() == limit && end != null) {
				return new Page(page, end);
			}
			page.add(memory);
			end = new PageCursor(rows.getLong("created_at"), rows.getLong("sequence"));
		}
		return new Page(page, null);
	}

	private Query query(@Nullable PageCursor after) {
		Query query = new Query(Sql.LIST, this.vault.value());
		if (this.filter.session() != null) {
			query.and("m.session = ?", this.filter.session().value());
		}
		if (this.filter.role() != null) {
			query.and("m.role = ?", this.filter.role().name());
		}
		if (this.filter.since() != null) {
			query.and("m.created_at >= ?", ceilMillis(this.filter.since()));
		}
		if (this.filter.until() != null) {
			query.and("m.created_at < ?", ceilMillis(this.filter.until()));
		}
		if (after != null) {
			query.and("(m.created_at, m.sequence) " + (this.newestFirst ? "<" : ">") + " (?, ?)", after.createdAt(),
					after.sequence());
		}
		query.sql.append(this.newestFirst ? " ORDER BY m.created_at DESC, m.sequence DESC"
				: " ORDER BY m.created_at, m.sequence");
		return query;
	}

	/**
	 * Memories have whole milliseconds; a bound between two of them counts as the later.
	 */
	private static long ceilMillis(Instant instant) {
		long millis = Math.min(Math.max(instant.getEpochSecond(), -MAX_SECONDS), MAX_SECONDS) * 1_000;
		return millis + (instant.getNano() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
	}

	/**
	 * A part of the list.
	 *
	 * @param memories the memories
	 * @param next where the list goes on, or {@code null} if this is its end
	 */
	record Page(List<Memory> memories, @Nullable PageCursor next) {

	}

	/** A statement in the making. */
	private static final class Query {

		private final StringBuilder sql;

		private final List<Object> parameters = new ArrayList<>();

		Query(String sql, Object parameter) {
			this.sql = new StringBuilder(sql);
			this.parameters.add(parameter);
		}

		void and(String condition, Object... values) {
			this.sql.append(" AND ").append(condition);
			this.parameters.addAll(List.of(values));
		}

	}

}
