package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes, and the only place where transactions begin and end. It
 * is opened when it is needed and opened anew after an error that may have spoilt it.
 */
final class WriterConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WriterConnection.class);

	private final ConnectionFactory connections;

	private @Nullable Connection connection;

	private @Nullable Connection guarded;

	WriterConnection(ConnectionFactory connections) {
		this.connections = connections;
	}

	Connection begin() throws SQLException {
		Connection work = this.guarded;
		if (this.connection == null || work == null) {
			this.connection = this.connections.openWriter();
			work = GuardedConnection.guard(this.connection);
			this.guarded = work;
		}
		execute("BEGIN IMMEDIATE");
		return work;
	}

	void savepoint() throws SQLException {
		execute("SAVEPOINT work");
	}

	void release() throws SQLException {
		execute("RELEASE work");
	}

	void undoToSavepoint() throws SQLException {
		execute("ROLLBACK TO work");
		execute("RELEASE work");
	}

	void commit() throws SQLException {
		execute("COMMIT");
	}

	/**
	 * Gives a transaction up after an error.
	 * @param cause the error
	 */
	void rollback(SQLException cause) {
		if (this.connection == null) {
			return;
		}
		if (!isIntact(cause)) {
			discard();
		}
	}

	private boolean isIntact(SQLException cause) {
		try {
			execute("ROLLBACK");
		}
		catch (SQLException ex) {
			// After some errors SQLite has rolled back by itself, and then says "no
			// transaction is active", which is all that is wanted.
			return !SqlErrors.spoilsConnection(ex) && !SqlErrors.spoilsConnection(cause);
		}
		return !SqlErrors.spoilsConnection(cause);
	}

	/**
	 * Moves everything from the write-ahead log into the database file and empties the
	 * log, in which deleted content lives on otherwise.
	 * @throws SQLException if that failed, or a reader was in the way all the time
	 */
	void truncateLog() throws SQLException {
		try (Statement statement = current().createStatement();
				ResultSet outcome = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
			if (outcome.next() && outcome.getInt("busy") != 0) {
				throw new SQLException("A reader held the write-ahead log");
			}
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = current().createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection current() throws SQLException {
		if (this.connection == null) {
			throw new SQLException("The connection was given up");
		}
		return this.connection;
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
