package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.SqlFunction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.memory.Erasure;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Erases a vault or a session: first in batches, between which others can write, then
 * what is left of the texts in the files. What was begun is finished, whoever stops
 * waiting for it.
 */
final class Eraser {

	private static final int BATCH = 200;

	private final EmbeddedDatabase database;

	private final MemoryDeleter deleter;

	private final LatestPositions latest;

	Eraser(EmbeddedDatabase database, MemoryDeleter deleter, LatestPositions latest) {
		this.database = database;
		this.deleter = deleter;
		this.latest = latest;
	}

	Mono<Erasure> erase(VaultId vault, @Nullable SessionId session) {
		Mono<Erasure> erasure = this.database.read(Eraser::lastSequence)
			.flatMap((last) -> deleteBatches(vault, session, last))
			.flatMap((deleted) -> scrub(vault, session, deleted));
		return finished(erasure);
	}

	/**
	 * Completes a change when nothing that it took away is left in any file. Changes that
	 * come together are scrubbed together. Scrubs also if there was nothing to change, so
	 * that to repeat a call is to finish one that failed in between.
	 * @param <T> what comes of it
	 * @param change the change
	 * @return what came of it
	 */
	<T> Mono<T> scrubAfter(Mono<T> change) {
		SqlFunction<@Nullable T> nothing = (connection) -> null;
		Mono<T> scrubbed = Mono.defer(() -> this.database.<T>writeAndScrub(nothing));
		return finished(change.flatMap((result) -> scrubbed.thenReturn(result)).switchIfEmpty(scrubbed));
	}

	private static <T> Mono<T> finished(Mono<T> work) {
		return Mono.defer(() -> Mono.fromFuture(work.toFuture(), true));
	}

	/**
	 * What arrives after the beginning is not touched: otherwise this might never end.
	 */
	private Mono<Long> deleteBatches(VaultId vault, @Nullable SessionId session, long last) {
		return deleteBatch(vault, session, last)
			.expand((deleted) -> (deleted > 0) ? deleteBatch(vault, session, last) : Mono.empty())
			.reduce(0L, Long::sum);
	}

	private Mono<Integer> deleteBatch(VaultId vault, @Nullable SessionId session, long last) {
		return this.database.<Written<Integer>>write((connection) -> {
			long number = VaultNumbers.find(connection, vault);
			return this.deleter.delete(connection, number, ids(connection, number, session, last));
		}, (written) -> this.latest.committed(vault, written)).map(Written::result);
	}

	private Mono<Erasure> scrub(VaultId vault, @Nullable SessionId session, long deleted) {
		return this.database
			.<Erasure>writeAndScrub((connection) -> new Erasure(deleted, count(connection, vault, session)));
	}

	private static long lastSequence(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.LAST_SEQUENCE);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	private static List<String> ids(Connection connection, long vault, @Nullable SessionId session, long last)
			throws SQLException {
		String sql = (session != null) ? Sql.IDS_OF_SESSION : Sql.IDS_OF_VAULT;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setLong(1, vault);
			statement.setLong(2, last);
			statement.setInt(3, BATCH);
			if (session != null) {
				statement.setString(4, session.value());
			}
			List<String> ids = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					ids.add(rows.getString(1));
				}
			}
			return ids;
		}
	}

	private static long count(Connection connection, VaultId vault, @Nullable SessionId session) throws SQLException {
		String sql = (session != null) ? Sql.COUNT_OF_SESSION : Sql.COUNT_OF_VAULT;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, vault.value());
			if (session != null) {
				statement.setString(2, session.value());
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

}
