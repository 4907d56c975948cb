package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.memoryrouter.memory.paging.SealedCursors;

/**
 * The database's own key for cursors, which is made when it is needed first.
 */
final class CursorKey {

	private static final String ADD = "INSERT INTO cursor_key (only, key) VALUES (1, ?) ON CONFLICT (only) DO NOTHING";

	private static final String FIND = "SELECT key FROM cursor_key WHERE only = 1";

	private CursorKey() {
	}

	static SealedCursors cursors(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			byte[] key = find(connection);
			return new SealedCursors((key.length > 0) ? key : add(connection));
		}
		catch (SQLException ex) {
			throw new EmbeddedDatabaseException(SqlErrors.describe(ex), ex);
		}
	}

	private static byte[] add(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(ADD)) {
			statement.setBytes(1, SealedCursors.newKey());
			statement.executeUpdate();
		}
		return find(connection);
	}

	private static byte[] find(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FIND);
				ResultSet row = statement.executeQuery()) {
			return row.next() ? row.getBytes(1) : new byte[0];
		}
	}

}
