package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that reads. Each piece of work sees one state of the database from its
 * beginning to its end. Opened when it is needed, and anew after any error.
 */
final class ReaderConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ReaderConnection.class);

	private final ConnectionFactory connections;

	private @Nullable Connection connection;

	private @Nullable Connection guarded;

	ReaderConnection(ConnectionFactory connections) {
		this.connections = connections;
	}

	<T extends @Nullable Object> T read(SqlFunction<? extends T> work) throws SQLException {
		boolean intact = false;
		try {
			Connection reading = begin();
			T result = work.apply(reading);
			execute("COMMIT");
			intact = true;
			return result;
		}
		finally {
			if (!intact) {
				discard();
			}
		}
	}

	private Connection begin() throws SQLException {
		Connection reading = this.guarded;
		if (this.connection == null || reading == null) {
			this.connection = this.connections.openReader();
			reading = GuardedConnection.guard(this.connection);
			this.guarded = reading;
		}
		execute("BEGIN");
		return reading;
	}

	private void execute(String sql) throws SQLException {
		if (this.connection == null) {
			throw new SQLException("The connection was given up");
		}
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private void discard() {
		try {
			close();
		}
		catch (SQLException ex) {
			logger.debug("A spoilt connection could not be closed", ex);
		}
	}

	@Override
	public void close() throws SQLException {
		Connection closing = this.connection;
		this.connection = null;
		this.guarded = null;
		if (closing != null) {
			closing.close();
		}
	}

}
