package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The one connection that writes, and the only place where transactions begin and end. It
 * is opened when it is needed and opened anew after an error that may have spoilt it.
 */
final class WriterConnection implements AutoCloseable {

	private final ReopeningConnection connection;

	WriterConnection(ConnectionFactory connections) {
		this.connection = new ReopeningConnection(connections::openWriter);
	}

	Connection begin() throws SQLException {
		return this.connection.begin("BEGIN IMMEDIATE");
	}

	void savepoint() throws SQLException {
		this.connection.execute("SAVEPOINT work");
	}

	void release() throws SQLException {
		this.connection.execute("RELEASE work");
	}

	void undoToSavepoint() throws SQLException {
		this.connection.execute("ROLLBACK TO work");
		this.connection.execute("RELEASE work");
	}

	void commit() throws SQLException {
		this.connection.execute("COMMIT");
	}

	/**
	 * Gives a transaction up after an error.
	 * @param cause the error
	 */
	void rollback(SQLException cause) {
		if (this.connection.isOpen() && !isIntact(cause)) {
			this.connection.discard();
		}
	}

	private boolean isIntact(SQLException cause) {
		try {
			this.connection.execute("ROLLBACK");
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
		try (Statement statement = this.connection.createStatement();
				ResultSet outcome = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
			if (outcome.next() && outcome.getInt("busy") != 0) {
				throw new SQLException("A reader held the write-ahead log");
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
