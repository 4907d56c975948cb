package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;

import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.database.Statements;
import io.memoryrouter.memory.idempotency.IdempotencyRecord;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Idempotency records in an {@link EmbeddedDatabase}. A key is kept as its fingerprint:
 * it may be anything, somebody's words too. Each claim takes some records along that no
 * longer count, so that they do not pile up.
 */
public final class EmbeddedIdempotencyStore implements IdempotencyStore {

	private static final int EXPIRED_AT_ONCE = 100;

	private static final String EXPIRE = """
			DELETE FROM idempotency WHERE number IN
				(SELECT number FROM idempotency WHERE claimed_at <= ? ORDER BY claimed_at LIMIT ?)""";

	private static final String EXPIRE_KEY = "DELETE FROM idempotency WHERE vault = ? AND key = ? AND claimed_at <= ?";

	private static final String CLAIM = """
			INSERT INTO idempotency (vault, session, key, fingerprint, claimed_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (vault, key) DO NOTHING""";

	private static final String FIND = "SELECT fingerprint, answer FROM idempotency WHERE vault = ? AND key = ?";

	private static final String COMPLETE = """
			UPDATE idempotency SET answer = ? WHERE vault = ? AND key = ? AND answer IS NULL""";

	private static final String OF_VAULT_OR_SESSION = """
			FROM idempotency
			WHERE vault = (SELECT number FROM vault WHERE id = ?1) AND (?2 IS NULL OR session = ?2)""";

	private static final String ERASE = "DELETE " + OF_VAULT_OR_SESSION;

	private static final String COUNT = "SELECT count(*) " + OF_VAULT_OR_SESSION;

	private final EmbeddedDatabase database;

	private final Clock clock;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 */
	public EmbeddedIdempotencyStore(EmbeddedDatabase database) {
		this(database, Clock.systemUTC());
	}

	EmbeddedIdempotencyStore(EmbeddedDatabase database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Mono<IdempotencyRecord> claim(VaultId vault, @Nullable SessionId session, String key, String fingerprint) {
		return Mono.defer(() -> {
			if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
				throw new IllegalArgumentException("An idempotency key has 1 to " + MAX_KEY_LENGTH + " characters");
			}
			String name = (session != null) ? session.value() : null;
			return this.database.write((connection) -> claim(connection, vault, name, digest(key), fingerprint));
		});
	}

	private @Nullable IdempotencyRecord claim(Connection connection, VaultId vault, @Nullable String session,
			String key, String fingerprint) throws SQLException {
		long number = VaultNumbers.findOrAdd(connection, vault);
		long now = this.clock.millis();
		long expired = now - LIFETIME.toMillis();
		Statements.update(connection, EXPIRE, expired, EXPIRED_AT_ONCE);
		Statements.update(connection, EXPIRE_KEY, number, key, expired);
		Statements.update(connection, CLAIM, number, session, key, fingerprint, now);
		return find(connection, number, key);
	}

	@Override
	public Mono<String> complete(VaultId vault, String key, String answer) {
		return this.database.write((connection) -> {
			long number = VaultNumbers.find(connection, vault);
			Statements.update(connection, COMPLETE, answer, number, digest(key));
			IdempotencyRecord completed = find(connection, number, digest(key));
			return (completed != null) ? completed.answer() : null;
		});
	}

	@Override
	public Mono<Long> erase(VaultId vault, @Nullable SessionId session) {
		String name = (session != null) ? session.value() : null;
		return this.database
			.writeAndScrub((connection) -> (long) Statements.update(connection, ERASE, vault.value(), name));
	}

	@Override
	public Mono<Long> count(VaultId vault, @Nullable SessionId session) {
		return this.database.read((connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
				statement.setString(1, vault.value());
				statement.setString(2, (session != null) ? session.value() : null);
				try (ResultSet row = statement.executeQuery()) {
					return row.next() ? row.getLong(1) : 0L;
				}
			}
		});
	}

	private static String digest(String key) {
		return MemoryIds.fingerprint(key);
	}

	private static @Nullable IdempotencyRecord find(Connection connection, long vault, String key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			statement.setLong(1, vault);
			statement.setString(2, key);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? new IdempotencyRecord(row.getString("fingerprint"), row.getString("answer")) : null;
			}
		}
	}

}
