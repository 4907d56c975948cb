package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Some work on a connection.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface SqlFunction<T extends @Nullable Object> {

	/**
	 * Does the work.
	 * @param connection the connection; not to be kept, closed, committed or rolled back
	 * @return the result
	 * @throws SQLException if the database says no
	 */
	T apply(Connection connection) throws SQLException;

}
