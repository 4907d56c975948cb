package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The table of the keys that memories are sealed with. Its rows are added and
 * overwritten, never deleted: {@code migration/V1__memories.sql} says why.
 */
final class SealKeys {

	private SealKeys() {
	}

	static void add(Connection connection, long sequence, byte[] key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.ADD_KEY)) {
			statement.setLong(1, sequence);
			statement.setBytes(2, key);
			statement.executeUpdate();
		}
	}

	static void replace(Connection connection, long sequence, byte[] key) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.REPLACE_KEY)) {
			statement.setBytes(1, key);
			statement.setLong(2, sequence);
			statement.executeUpdate();
		}
	}

	static void destroy(Connection connection, long sequence) throws SQLException {
		replace(connection, sequence, new byte[Seal.KEY_LENGTH]);
	}

}
