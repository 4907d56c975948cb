package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Gives out positions of the log. That they grow in the order of commits follows from
 * there being one writer.
 */
final class LogEnd {

	private LogEnd() {
	}

	/**
	 * Reserves positions, of which some may stay unused.
	 * @param connection the connection
	 * @param count how many
	 * @return the first of them
	 * @throws SQLException if the database says no
	 */
	static long reserve(Connection connection, int count) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Sql.ADVANCE_LOG)) {
			statement.setLong(1, count);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1) - count + 1;
			}
		}
	}

}
