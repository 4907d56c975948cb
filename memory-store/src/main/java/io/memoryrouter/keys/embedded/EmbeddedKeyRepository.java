package io.memoryrouter.keys.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.KeyRepository;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Memory Keys in an {@link EmbeddedDatabase}. Times are kept to the millisecond.
 */
public final class EmbeddedKeyRepository implements KeyRepository {

	private static final String FIND = """
			SELECT id, account, name, vault, ceiling, created_at, expires_at, revoked_at
			FROM memory_key WHERE hash = ?""";

	private static final String CLAIM_VAULT = """
			INSERT INTO vault_account (vault, account) VALUES (?, ?) ON CONFLICT (vault) DO NOTHING""";

	private static final String ACCOUNT_OF_VAULT = "SELECT account FROM vault_account WHERE vault = ?";

	private static final String INSERT = """
			INSERT INTO memory_key (hash, id, account, name, vault, ceiling, created_at, expires_at, revoked_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private final EmbeddedDatabase database;

	/**
	 * Uses a database, whose opening and closing is the caller's.
	 * @param database the database
	 */
	public EmbeddedKeyRepository(EmbeddedDatabase database) {
		this.database = database;
	}

	@Override
	public Mono<KeyRecord> findByHash(String hash) {
		return this.database.<KeyRecord>read((connection) -> find(connection, hash))
			.onErrorMap(MemoryStoreException.class, EmbeddedKeyRepository::unavailable);
	}

	private static @Nullable KeyRecord find(Connection connection, String hash) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			statement.setString(1, hash);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? read(row) : null;
			}
		}
	}

	private static KeyRecord read(ResultSet row) throws SQLException {
		return new KeyRecord(row.getString("id"), row.getString("account"), row.getString("name"),
				new VaultId(row.getString("vault")), KeyMode.valueOf(row.getString("ceiling")),
				Instant.ofEpochMilli(row.getLong("created_at")), instant(row, "expires_at"),
				instant(row, "revoked_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	@Override
	public Mono<Void> create(KeyRecord key, String hash) {
		return this.database.<Void>write((connection) -> {
			claimVault(connection, key);
			insert(connection, key, hash);
			return null;
		}).onErrorMap(MemoryStoreException.class, EmbeddedKeyRepository::unavailable);
	}

	private static void claimVault(Connection connection, KeyRecord key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(CLAIM_VAULT)) {
			statement.setString(1, key.vault().value());
			statement.setString(2, key.account());
			statement.executeUpdate();
		}
		try (PreparedStatement statement = connection.prepareStatement(ACCOUNT_OF_VAULT)) {
			statement.setString(1, key.vault().value());
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next() || !row.getString("account").equals(key.account())) {
					throw new IllegalArgumentException("The vault belongs to another account");
				}
			}
		}
	}

	private static void insert(Connection connection, KeyRecord key, String hash) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
			statement.setString(1, hash);
			statement.setString(2, key.id());
			statement.setString(3, key.account());
			statement.setString(4, key.name());
			statement.setString(5, key.vault().value());
			statement.setString(6, key.ceiling().name());
			statement.setLong(7, key.createdAt().toEpochMilli());
			statement.setObject(8, millis(key.expiresAt()));
			statement.setObject(9, millis(key.revokedAt()));
			statement.executeUpdate();
		}
	}

	private static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

	private static KeyStoreUnavailableException unavailable(Throwable ex) {
		return new KeyStoreUnavailableException("Keys cannot be looked up in the embedded store", ex);
	}

}
