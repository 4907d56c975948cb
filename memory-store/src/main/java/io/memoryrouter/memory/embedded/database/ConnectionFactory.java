package io.memoryrouter.memory.embedded.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections to the database file, all with the same promises: a commit is on the
 * disk when it returns, and what is deleted is overwritten.
 */
final class ConnectionFactory {

	private static final int BUSY_TIMEOUT_MILLIS = 5_000;

	/** Negative: kibibytes, not pages. */
	private static final int CACHE_SIZE = -8_192;

	private final SQLiteDataSource dataSource;

	ConnectionFactory(Path file) {
		SQLiteConfig config = new SQLiteConfig();
		config.setJournalMode(JournalMode.WAL);
		config.setSynchronous(SynchronousMode.FULL);
		config.setPragma(Pragma.SECURE_DELETE, "true");
		config.enforceForeignKeys(true);
		config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
		config.setCacheSize(CACHE_SIZE);
		// Temporary files would be copies of texts that no erasure reaches.
		config.setTempStore(TempStore.MEMORY);
		config.setGetGeneratedKeys(false);
		this.dataSource = new SQLiteDataSource(config);
		// As a URI, so that no character of the path is taken for a parameter.
		this.dataSource.setUrl("jdbc:sqlite:" + file.toUri());
	}

	SQLiteDataSource dataSource() {
		return this.dataSource;
	}

	Connection openWriter() throws SQLException {
		return this.dataSource.getConnection();
	}

	Connection openReader() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA query_only = ON");
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

}
