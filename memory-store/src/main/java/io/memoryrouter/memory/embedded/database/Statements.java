package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Statements with their parameters set.
 */
public final class Statements {

	private Statements() {
	}

	/**
	 * Prepares a statement.
	 * @param connection where it runs
	 * @param sql the statement
	 * @param parameters its parameters, in their order
	 * @return the statement, for the caller to close
	 * @throws SQLException if that fails
	 */
	public static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
			throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
		return statement;
	}

	/**
	 * Runs a statement that changes rows.
	 * @param connection where it runs
	 * @param sql the statement
	 * @param parameters its parameters, in their order
	 * @return how many rows were changed
	 * @throws SQLException if that fails
	 */
	public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
		try (PreparedStatement statement = prepare(connection, sql, parameters)) {
			return statement.executeUpdate();
		}
	}

}
