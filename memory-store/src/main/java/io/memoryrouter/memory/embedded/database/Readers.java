package io.memoryrouter.memory.embedded.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

import io.memoryrouter.memory.MemoryStoreException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A few threads that read, each with a connection. Beyond {@value #MAX_WAITING} pieces of
 * work a thread nothing waits but is refused.
 */
final class Readers implements AutoCloseable {

	private static final int MAX_WAITING = 1_024;

	private static final int MAX_THREADS = 4;

	private static final int IDLE_SECONDS = 60;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final Queue<ReaderConnection> idle = new ConcurrentLinkedQueue<>();

	private final Scheduler scheduler;

	Readers(ConnectionFactory connections) {
		int threads = Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
		for (int i = 0; i < threads; i++) {
			this.idle.add(new ReaderConnection(connections));
		}
		this.scheduler = Schedulers.newBoundedElastic(threads, MAX_WAITING, "memoryrouter-reader", IDLE_SECONDS, true);
	}

	<T> Mono<T> submit(SqlFunction<? extends @Nullable T> work) {
		return Mono.<T>fromCallable(() -> read(work))
			.subscribeOn(this.scheduler)
			.onErrorMap(RejectedExecutionException.class, (ex) -> refused())
			.onErrorMap(SqlErrors::translate);
	}

	private <T> @Nullable T read(SqlFunction<? extends @Nullable T> work) throws SQLException {
		// There are as many connections as threads.
		ReaderConnection connection = this.idle.remove();
		try {
			return connection.read(work);
		}
		finally {
			this.idle.add(connection);
		}
	}

	private MemoryStoreException refused() {
		return this.scheduler.isDisposed() ? EmbeddedDatabase.closed()
				: new MemoryStoreException.Overloaded("The embedded store has too many reads waiting");
	}

	@Override
	public void close() {
		this.scheduler.disposeGracefully().timeout(CLOSE_TIMEOUT).block();
		for (ReaderConnection connection : this.idle) {
			try {
				connection.close();
			}
			catch (SQLException ex) {
				throw new EmbeddedDatabaseException(SqlErrors.describe(ex), ex);
			}
		}
	}

}
