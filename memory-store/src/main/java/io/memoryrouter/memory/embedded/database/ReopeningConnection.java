package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened when it is needed, and anew after it was given up because
 * of an error that may have spoilt it.
 */
final class ReopeningConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ReopeningConnection.class);

	private final Opener opener;

	private @Nullable Connection connection;

	private @Nullable Connection guarded;

	ReopeningConnection(Opener opener) {
		this.opener = opener;
	}

	/**
	 * Begins a transaction.
	 * @param statement the statement that begins it
	 * @return the connection, as those who work on it may use it
	 * @throws SQLException if it cannot be opened, or the transaction not begun
	 */
	Connection begin(String statement) throws SQLException {
		Connection work = this.guarded;
		if (this.connection == null || work == null) {
			this.connection = this.opener.open();
			work = GuardedConnection.guard(this.connection);
			this.guarded = work;
		}
		execute(statement);
		return work;
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = createStatement()) {
			statement.execute(sql);
		}
	}

	Statement createStatement() throws SQLException {
		if (this.connection == null) {
			throw new SQLException("The connection was given up");
		}
		return this.connection.createStatement();
	}

	boolean isOpen() {
		return this.connection != null;
	}

	/** Gives the connection up; the next transaction opens another. */
	void discard() {
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

	/** Opens connections of one kind. */
	@FunctionalInterface
	interface Opener {

		Connection open() throws SQLException;

	}

}
