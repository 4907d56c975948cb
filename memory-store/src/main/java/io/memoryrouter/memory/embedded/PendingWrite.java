package io.memoryrouter.memory.embedded;

import java.sql.Connection;
import java.sql.SQLException;

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

	private final boolean scrubbing;

	private @Nullable T result;

	private @Nullable Throwable failure;

	PendingWrite(SqlFunction<? extends @Nullable T> work, @Nullable MonoSink<T> sink, boolean scrubbing) {
		this.work = work;
		this.sink = sink;
		this.scrubbing = scrubbing;
	}

	/**
	 * Work that does nothing and that nobody waits for.
	 * @return the work
	 */
	static PendingWrite<Void> nothing() {
		return new PendingWrite<>((connection) -> null, null, false);
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

	/**
	 * Whether deleted content must have left the files before this is settled.
	 * @return {@code true} if so
	 */
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
