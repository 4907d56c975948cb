package io.memoryrouter.memory.embedded.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.memoryrouter.memory.MemoryStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The thread that writes. What waits when it comes round is committed together, up to
 * {@value #MAX_GROUP} pieces; beyond {@value #MAX_WAITING} nothing waits but is refused.
 */
final class Writer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Writer.class);

	private static final int MAX_WAITING = 4_096;

	private static final int MAX_GROUP = 256;

	/** Without a lock: whoever submits may be on a thread that must not wait for one. */
	private final BlockingQueue<PendingWrite<?>> waiting = new LinkedTransferQueue<>();

	/** How many wait; the queue has no bound of its own. */
	private final AtomicInteger waitingCount = new AtomicInteger();

	private final WriterConnection connection;

	private final GroupCommit groupCommit;

	private final Thread thread = new Thread(this::run, "memoryrouter-writer");

	private volatile boolean closed;

	Writer(ConnectionFactory connections) {
		this.connection = new WriterConnection(connections);
		this.groupCommit = new GroupCommit(this.connection);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	<T> Mono<T> submit(SqlFunction<? extends @Nullable T> work, Consumer<? super @Nullable T> committed,
			boolean scrubbing) {
		return Mono.create((sink) -> accept(new PendingWrite<>(work, sink, committed, scrubbing), sink));
	}

	private <T> void accept(PendingWrite<T> write, MonoSink<T> sink) {
		if (this.closed) {
			sink.error(EmbeddedDatabase.closed());
		}
		else if (!offer(write)) {
			sink.error(new MemoryStoreException.Overloaded(
					"The embedded store has " + MAX_WAITING + " writes waiting and takes no more for now"));
		}
		else if (this.closed && this.waiting.remove(write)) {
			// The thread may have ended between the question and the offer.
			this.waitingCount.decrementAndGet();
			sink.error(EmbeddedDatabase.closed());
		}
	}

	private boolean offer(PendingWrite<?> write) {
		if (this.waitingCount.incrementAndGet() > MAX_WAITING) {
			this.waitingCount.decrementAndGet();
			return false;
		}
		return this.waiting.add(write);
	}

	private void run() {
		List<PendingWrite<?>> group = new ArrayList<>(MAX_GROUP);
		try {
			while (!this.closed || !this.waiting.isEmpty()) {
				group.add(this.waiting.take());
				this.waiting.drainTo(group, MAX_GROUP - 1);
				this.waitingCount.addAndGet(-group.size());
				commit(List.copyOf(group));
				group.clear();
			}
		}
		catch (InterruptedException ex) {
			this.closed = true;
			logger.error("The writer of the embedded store was interrupted and takes no more writes", ex);
		}
	}

	private void commit(List<PendingWrite<?>> group) {
		try {
			this.groupCommit.commit(group);
		}
		catch (RuntimeException | Error ex) {
			// Nobody else looks after this thread, and all later writes need it.
			logger.error("The writer of the embedded store failed unexpectedly", ex);
			for (PendingWrite<?> write : group) {
				write.fail(ex);
				write.settle();
			}
		}
	}

	/**
	 * Refuses new work, finishes what was accepted and ends the thread.
	 */
	@Override
	public void close() {
		this.closed = true;
		try {
			// The thread may be waiting for something to do.
			this.waitingCount.incrementAndGet();
			this.waiting.add(PendingWrite.nothing());
			this.thread.join();
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedDatabaseException(
					"Closing the embedded store was interrupted: accepted writes may be lost", ex);
		}
		catch (SQLException ex) {
			throw new EmbeddedDatabaseException(SqlErrors.describe(ex), ex);
		}
	}

}
