package io.memoryrouter.keys.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the table of keys.
 */
final class KeyRows {

	private static final String SELECT = """
			SELECT number, id, account, name, vault, read_vaults, ceiling, created_at, expires_at, revoked_at
			FROM memory_key""";

	static final String BY_HASH = SELECT + " WHERE hash = ?";

	static final String BY_ID = SELECT + " WHERE account = ? AND id = ?";

	/** In the order in which they came, which no clock disturbs. */
	static final String LIST = SELECT + " WHERE account = ? AND number < ? ORDER BY number DESC LIMIT ?";

	private static final String INSERT = """
			INSERT INTO memory_key
			(hash, id, account, name, vault, read_vaults, ceiling, created_at, expires_at, revoked_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private static final String UPDATE = """
			UPDATE memory_key SET name = ?, read_vaults = ?, ceiling = ?, expires_at = ?, revoked_at = ?
			WHERE account = ? AND id = ?""";

	private KeyRows() {
	}

	static @Nullable KeyRecord only(Connection connection, String sql, Object... parameters) throws SQLException {
		try (PreparedStatement statement = Statements.prepare(connection, sql, parameters);
				ResultSet row = statement.executeQuery()) {
			return row.next() ? read(row) : null;
		}
	}

	static void insert(Connection connection, KeyRecord key, String hash) throws SQLException {
		Statements.update(connection, INSERT, hash, key.id(), key.account(), key.name(), key.vault().value(),
				readVaults(key), key.ceiling().name(), millis(key.createdAt()), millis(key.expiresAt()),
				millis(key.revokedAt()));
	}

	static void update(Connection connection, KeyRecord key) throws SQLException {
		Statements.update(connection, UPDATE, key.name(), readVaults(key), key.ceiling().name(),
				millis(key.expiresAt()), millis(key.revokedAt()), key.account(), key.id());
	}

	static KeyRecord read(ResultSet row) throws SQLException {
		return new KeyRecord(row.getString("id"), row.getString("account"), row.getString("name"),
				new VaultId(row.getString("vault")), readVaults(row.getString("read_vaults")),
				KeyMode.valueOf(row.getString("ceiling")), Instant.ofEpochMilli(row.getLong("created_at")),
				instant(row, "expires_at"), instant(row, "revoked_at"));
	}

	/** The id of a vault has no space. */
	private static String readVaults(KeyRecord key) {
		return key.readVaults().stream().map(VaultId::value).collect(Collectors.joining(" "));
	}

	private static List<VaultId> readVaults(String text) {
		return text.isEmpty() ? List.of() : Arrays.stream(text.split(" ")).map(VaultId::new).toList();
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	private static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

}
