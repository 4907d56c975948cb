package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.memoryrouter.memory.VaultId;

/**
 * The numbers that stand for vaults inside the database.
 */
final class VaultNumbers {

	/** What no vault has: nothing is ever found under it. */
	static final long NONE = -1;

	private VaultNumbers() {
	}

	static long find(Connection connection, VaultId vault) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.VAULT_NUMBER)) {
			statement.setString(1, vault.value());
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getLong(1) : NONE;
			}
		}
	}

	static long findOrAdd(Connection connection, VaultId vault) throws SQLException {
		long number = find(connection, vault);
		if (number != NONE) {
			return number;
		}
		try (PreparedStatement statement = connection.prepareStatement(Sql.ADD_VAULT)) {
			statement.setString(1, vault.value());
			statement.executeUpdate();
		}
		return find(connection, vault);
	}

}
