package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * Deletes memories, destroys the keys that they are sealed with, and leaves a note of
 * each deletion in the log. Inside a transaction of the writer.
 */
final class MemoryDeleter {

	private final Clock clock;

	MemoryDeleter(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Deletes.
	 * @param connection the connection
	 * @param vault the vault's number
	 * @param ids the memories' ids
	 * @return how many there were
	 * @throws SQLException if the database says no
	 */
	Written<Integer> delete(Connection connection, long vault, List<String> ids) throws SQLException {
		long position = LogEnd.reserve(connection, ids.size());
		int deleted = 0;
		long end = 0;
		for (String id : ids) {
			if (delete(connection, vault, id)) {
				recordDeletion(connection, vault, position, id);
				deleted++;
				end = position;
			}
			position++;
		}
		return new Written<>(deleted, end);
	}

	private static boolean delete(Connection connection, long vault, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.DELETE)) {
			statement.setLong(1, vault);
			statement.setString(2, id);
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next()) {
					return false;
				}
				SealKeys.destroy(connection, row.getLong("sequence"));
				return true;
			}
		}
	}

	private void recordDeletion(Connection connection, long vault, long position, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.RECORD_DELETION)) {
			statement.setLong(1, vault);
			statement.setLong(2, position);
			statement.setString(3, id);
			statement.setLong(4, this.clock.millis());
			statement.executeUpdate();
		}
	}

}
