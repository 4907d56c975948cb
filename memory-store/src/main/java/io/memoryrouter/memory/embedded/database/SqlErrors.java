package io.memoryrouter.memory.embedded.database;

import java.sql.SQLException;

import io.memoryrouter.memory.MemoryStoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What SQLite's errors mean to us. No text of a memory is ever part of a message.
 */
final class SqlErrors {

	/** An extended code carries its kind in the lowest byte. */
	private static final int PRIMARY_CODE = 0xff;

	private SqlErrors() {
	}

	/**
	 * Makes an exception for callers.
	 * @param ex what went wrong; what is no fault of the database is passed on as it is
	 * @return the exception
	 */
	static Throwable translate(Throwable ex) {
		return (ex instanceof SQLException fault) ? new MemoryStoreException(describe(fault), fault) : ex;
	}

	/**
	 * Says what is wrong, and where possible what to do.
	 * @param ex the error
	 * @return a sentence without a full stop
	 */
	static String describe(SQLException ex) {
		return switch (primaryCode(ex)) {
			case SQLITE_FULL -> "The disk of the embedded store is full: make room";
			case SQLITE_IOERR ->
				"The disk of the embedded store reports an error (" + name(ex) + "): check the disk and its free space";
			case SQLITE_CORRUPT, SQLITE_NOTADB ->
				"The database file of the embedded store is damaged or is no database: restore a backup";
			case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> "The database file of the embedded store cannot be"
					+ " written (" + name(ex) + "): give this process write permission on it and on its folder";
			case SQLITE_BUSY, SQLITE_LOCKED ->
				"The database of the embedded store is locked by another program: end that program";
			default -> "The embedded store failed (" + name(ex) + ")";
		};
	}

	/**
	 * Whether a connection may be in a state that only a new one gets out of.
	 * @param ex the error
	 * @return whether to open the connection anew
	 */
	static boolean spoilsConnection(SQLException ex) {
		return switch (primaryCode(ex)) {
			case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM,
					SQLITE_PROTOCOL, SQLITE_MISUSE, SQLITE_NOMEM ->
				true;
			default -> false;
		};
	}

	private static SQLiteErrorCode primaryCode(SQLException ex) {
		return SQLiteErrorCode.getErrorCode(code(ex).code & PRIMARY_CODE);
	}

	private static String name(SQLException ex) {
		return code(ex).name();
	}

	private static SQLiteErrorCode code(SQLException ex) {
		return (ex instanceof SQLiteException fault) ? fault.getResultCode()
				: SQLiteErrorCode.getErrorCode(ex.getErrorCode());
	}

}
