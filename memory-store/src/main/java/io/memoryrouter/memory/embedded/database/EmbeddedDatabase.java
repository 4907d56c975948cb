package io.memoryrouter.memory.embedded.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.paging.SealedCursors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The SQLite database of a folder, which this process owns while it is open.
 * <p>
 * <b>Writing</b>: one thread writes; work that is waiting at the same time shares a
 * transaction and its flush to the disk. <b>Reading</b>: a few threads read beside it,
 * and see what was committed. No call blocks its caller; results arrive on Reactor's
 * parallel scheduler, so that what follows never holds these threads up. What cannot wait
 * any more is refused with {@link MemoryStoreException.Overloaded}.
 * <p>
 * Faults of the disk are {@link MemoryStoreException}s of the call that met them; the
 * next call tries again, so that writing goes on by itself once there is room.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private final DatabaseFolder folder;

	private final SealedCursors cursors;

	private final Writer writer;

	private final Readers readers;

	private final AtomicBoolean closed = new AtomicBoolean();

	private EmbeddedDatabase(DatabaseFolder folder, ConnectionFactory connections, SealedCursors cursors) {
		this.folder = folder;
		this.cursors = cursors;
		this.writer = new Writer(connections);
		this.readers = new Readers(connections);
	}

	/**
	 * Opens the database of a folder. Folder and database are made, readable by their
	 * owner alone, if there are none; an older database is migrated. Blocks.
	 * @param folder the folder
	 * @return the database
	 * @throws EmbeddedDatabaseException if the folder is no folder, cannot be written, or
	 * is in use by another process, or if the database is damaged or of a later version
	 */
	public static EmbeddedDatabase open(Path folder) {
		DatabaseFolder acquired = DatabaseFolder.acquire(folder);
		try {
			ConnectionFactory connections = new ConnectionFactory(acquired.databaseFile());
			migrate(connections.dataSource());
			return new EmbeddedDatabase(acquired, connections, CursorKey.cursors(connections.dataSource()));
		}
		catch (RuntimeException ex) {
			acquired.close();
			throw ex;
		}
	}

	static void migrate(DataSource dataSource) {
		try {
			new SchemaMigration(dataSource).migrate();
		}
		catch (FlywayException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof SQLException fault) {
					throw new EmbeddedDatabaseException(SqlErrors.describe(fault), ex);
				}
			}
			throw new EmbeddedDatabaseException(
					"The database of the embedded store does not have the schema that it should: restore a backup", ex);
		}
	}

	/**
	 * Writes. When this completes, the work is committed and on the disk. Subscribing
	 * hands the work over: cancelling afterwards does not undo it. Work that fails is
	 * undone, alone.
	 * @param <T> what comes of it
	 * @param work the work; it may be run again if the transaction that it shared with
	 * others was lost, and must not keep anything of what it saw
	 * @return the result; empty if it is {@code null}
	 */
	public <T> Mono<T> write(SqlFunction<? extends @Nullable T> work) {
		return write(work, (result) -> {
		});
	}

	/**
	 * Writes, and does something between the commit and its acknowledgement.
	 * @param <T> what comes of it
	 * @param work the work, as in {@link #write}
	 * @param committed what to do with the result; brief, and done whether anybody still
	 * waits for the result or not
	 * @return the result; empty if it is {@code null}
	 */
	public <T> Mono<T> write(SqlFunction<? extends @Nullable T> work, Consumer<? super @Nullable T> committed) {
		return this.writer.<T>submit(work, committed, false).publishOn(Schedulers.parallel());
	}

	/**
	 * Writes, and completes when nothing that was deleted is left in any file.
	 * @param <T> what comes of it
	 * @param work the work, as in {@link #write}
	 * @return the result; empty if it is {@code null}
	 */
	public <T> Mono<T> writeAndScrub(SqlFunction<? extends @Nullable T> work) {
		return this.writer.<T>submit(work, (result) -> {
		}, true).publishOn(Schedulers.parallel());
	}

	/**
	 * Reads. The work sees one state of the database, with all that was acknowledged
	 * before.
	 * @param <T> what comes of it
	 * @param work the work
	 * @return the result; empty if it is {@code null}
	 */
	public <T> Mono<T> read(SqlFunction<? extends @Nullable T> work) {
		return this.readers.<T>submit(work).publishOn(Schedulers.parallel());
	}

	/**
	 * What the cursors of lists in this database are made with.
	 * @return makes and reads cursors
	 */
	public SealedCursors cursors() {
		return this.cursors;
	}

	/**
	 * The folder.
	 * @return its real path
	 */
	public Path folder() {
		return this.folder.path();
	}

	static MemoryStoreException closed() {
		return new MemoryStoreException("The embedded store is closed");
	}

	/**
	 * Refuses new work, finishes what was accepted, and gives the folder free. Blocks.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try (this.folder; this.writer; this.readers) {
			// Resources are closed last to first: the readers, then the writer, which
			// empties the write-ahead log, then the lock.
		}
	}

}
