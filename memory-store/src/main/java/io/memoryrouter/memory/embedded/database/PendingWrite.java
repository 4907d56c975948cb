package io.memoryrouter.memory.embedded.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * A piece of work that waits for the writer, and whoever waits for its outcome.
 *
 * @param <T> what comes of it
 */
final class PendingWrite<T> {

	private final SqlFunction<? extends @Nullable T> work;

	private final @Nullable MonoSink<T> sink;

	private final Consumer<? super @Nullable T> committed;

	private final boolean scrubbing;

	private @Nullable T result;

	private @Nullable Throwable failure;

	/**
	 * Takes the work.
	 * @param work the work
	 * @param sink whoever waits for its outcome, or {@code null}
	 * @param committed what to do with the result between the commit and its
	 * acknowledgement, whether anybody still waits or not; brief
	 * @param scrubbing whether deleted content must have left the files before this is
	 * settled
	 */
	PendingWrite(SqlFunction<? extends @Nullable T> work, @Nullable MonoSink<T> sink,
			Consumer<? super @Nullable T> committed, boolean scrubbing) {
		this.work = work;
		this.sink = sink;
		this.committed = committed;
		this.scrubbing = scrubbing;
	}

	/**
	 * Work that does nothing and that nobody waits for.
	 * @return the work
	 */
	static PendingWrite<Void> nothing() {
		return new PendingWrite<>((connection) -> null, null, (result) -> {
		}, false);
	}

	/**
	 * Does the work. Its outcome is kept until {@link #settle()}.
	 * @param connection the connection
	 * @return whether it succeeded: if not, what it did so far is to be undone
	 */
	boolean run(Connection connection) {
		this.failure = null;
		try {
			this.result = this.work.apply(connection);
		}
		catch (SQLException | RuntimeException | Error ex) {
			// Also an Error: the writer serves everybody, and has to outlive it.
			this.failure = ex;
		}
		return this.failure == null;
	}

	boolean isScrubbing() {
		return this.scrubbing;
	}

	void fail(Throwable ex) {
		this.failure = ex;
	}

	/**
	 * Tells the outcome.
	 */
	void settle() {
		if (this.failure == null) {
			this.committed.accept(this.result);
		}
		if (this.sink == null) {
			return;
		}
		if (this.failure != null) {
			this.sink.error(SqlErrors.translate(this.failure));
		}
		else {
			this.sink.success(this.result);
		}
	}

}
