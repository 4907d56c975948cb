package io.memoryrouter.usage.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.Statements;
import io.memoryrouter.usage.UsageBatch;
import io.memoryrouter.usage.UsageQuery;
import io.memoryrouter.usage.UsageStore;
import io.memoryrouter.usage.UsageSum;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts of usage in an {@link EmbeddedDatabase}. Each batch takes some days along that
 * are past the retention, and recorders that have long ended, so that neither piles up.
 */
public final class EmbeddedUsageStore implements UsageStore {

	private static final int EXPIRED_AT_ONCE = 1_000;

	/** No batch is sent again after so long. */
	private static final Duration RECORDER_LIFETIME = Duration.ofDays(30);

	private static final String NOTE_BATCH = """
			INSERT INTO usage_recorder (id, batch, added_at) VALUES (?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, added_at = excluded.added_at
			WHERE batch < excluded.batch""";

	private static final String EXPIRE_RECORDERS = "DELETE FROM usage_recorder WHERE added_at < ?";

	private static final String EXPIRE = """
			DELETE FROM usage WHERE number IN (SELECT number FROM usage WHERE day < ? ORDER BY day LIMIT ?)""";

	private final EmbeddedDatabase database;

	private final Duration retention;

	private final Clock clock;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 * @param retention how long the counts of a day are kept
	 * @param clock tells the time
	 */
	public EmbeddedUsageStore(EmbeddedDatabase database, Duration retention, Clock clock) {
		this.database = database;
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public Mono<Void> add(UsageBatch batch) {
		return this.database.write((connection) -> {
			add(connection, batch);
			return null;
		});
	}

	private void add(Connection connection, UsageBatch batch) throws SQLException {
		long now = this.clock.millis();
		if (Statements.update(connection, NOTE_BATCH, batch.recorder(), batch.number(), now) == 0) {
			return;
		}
		UsageRows.add(connection, batch.entries());
		long firstDay = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC)
			.minusDays(this.retention.toDays())
			.toEpochDay();
		Statements.update(connection, EXPIRE, firstDay, EXPIRED_AT_ONCE);
		Statements.update(connection, EXPIRE_RECORDERS, now - RECORDER_LIFETIME.toMillis());
	}

	@Override
	public Flux<UsageSum> sum(UsageQuery query) {
		return this.database.read((connection) -> sum(connection, query)).flatMapIterable((sums) -> sums);
	}

	private static List<UsageSum> sum(Connection connection, UsageQuery query) throws SQLException {
		List<UsageSum> sums = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(UsageRows.sums(query.grouping()))) {
			statement.setString(1, query.account());
			statement.setLong(2, query.from().toEpochDay());
			statement.setLong(3, query.to().toEpochDay());
			statement.setInt(4, query.limit());
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					sums.add(UsageRows.read(rows, query.grouping()));
				}
			}
		}
		return sums;
	}

}
