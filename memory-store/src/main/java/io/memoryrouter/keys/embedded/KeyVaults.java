package io.memoryrouter.keys.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.memoryrouter.keys.InvalidKeyException;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Which account a vault belongs to: the one that first made a key for it.
 */
final class KeyVaults {

	private static final String CLAIM = """
			INSERT INTO vault_account (vault, account) VALUES (?, ?) ON CONFLICT (vault) DO NOTHING""";

	private static final String ACCOUNT = "SELECT account FROM vault_account WHERE vault = ?";

	private KeyVaults() {
	}

	/**
	 * Gives the vault of a key to the key's account, unless it has an owner.
	 * @throws InvalidKeyException if it belongs to another, or one of the vaults that the
	 * key also reads is not the account's
	 */
	static void claim(Connection connection, KeyRecord key) throws SQLException {
		try (PreparedStatement statement = Statements.prepare(connection, CLAIM, key.vault().value(), key.account())) {
			statement.executeUpdate();
		}
		if (!key.account().equals(account(connection, key.vault()))) {
			throw new InvalidKeyException("vault", "The vault belongs to another account");
		}
		requireOwn(connection, key);
	}

	/**
	 * Checks the vaults that a key also reads. One that does not exist is refused like
	 * one of somebody else: which it is, is nobody's business.
	 * @throws InvalidKeyException if one of them is not the account's
	 */
	static void requireOwn(Connection connection, KeyRecord key) throws SQLException {
		for (VaultId vault : key.readVaults()) {
			if (!key.account().equals(account(connection, vault))) {
				throw new InvalidKeyException("readVaults", "'" + vault.value() + "' is no vault of this account");
			}
		}
	}

	private static @Nullable String account(Connection connection, VaultId vault) throws SQLException {
		try (PreparedStatement statement = Statements.prepare(connection, ACCOUNT, vault.value());
				ResultSet row = statement.executeQuery()) {
			return row.next() ? row.getString("account") : null;
		}
	}

}
