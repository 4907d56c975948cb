package io.memoryrouter.memory.embedded.database;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A connection that reads. Each piece of work sees one state of the database from its
 * beginning to its end. After any error it is opened anew.
 */
final class ReaderConnection implements AutoCloseable {

	private final ReopeningConnection connection;

	ReaderConnection(ConnectionFactory connections) {
		this.connection = new ReopeningConnection(connections::openReader);
	}

	<T extends @Nullable Object> T read(SqlFunction<? extends T> work) throws SQLException {
		boolean intact = false;
		try {
			T result = work.apply(this.connection.begin("BEGIN"));
			this.connection.execute("COMMIT");
			intact = true;
			return result;
		}
		finally {
			if (!intact) {
				this.connection.discard();
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
