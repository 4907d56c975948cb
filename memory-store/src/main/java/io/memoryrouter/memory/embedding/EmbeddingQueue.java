package io.memoryrouter.memory.embedding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The texts that wait: questions, and behind them passages, each bounded and each first
 * come, first served. It is guarded by its monitor, which is held for a moment only:
 * threads that must not be parked come here too.
 */
final class EmbeddingQueue {

	private final Set<EmbeddingJob> queries = new LinkedHashSet<>();

	private final Set<EmbeddingJob> passages = new LinkedHashSet<>();

	private final int capacity;

	private boolean closed;

	/**
	 * Makes an empty queue.
	 * @param capacity how many jobs of each kind may wait
	 */
	EmbeddingQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Adds a job.
	 * @param job the job
	 * @throws EmbeddingException.Overloaded if as many as are allowed wait already
	 * @throws EmbeddingException if the queue is closed
	 */
	synchronized void add(EmbeddingJob job) {
		if (this.closed) {
			throw closedException();
		}
		Set<EmbeddingJob> jobs = jobs(job.kind());
		if (jobs.size() >= this.capacity) {
			throw new EmbeddingException.Overloaded(this.capacity + " texts are waiting to be embedded already");
		}
		jobs.add(job);
		notifyAll();
	}

	/**
	 * Waits for the next job.
	 * @param withPassages whether passages are taken where no question waits
	 * @return the job, or {@code null} when the queue is closed
	 * @throws InterruptedException if the thread is to end
	 */
	synchronized @Nullable EmbeddingJob take(boolean withPassages) throws InterruptedException {
		while (!this.closed) {
			if (!this.queries.isEmpty()) {
				return removeFirst(this.queries);
			}
			if (withPassages && !this.passages.isEmpty()) {
				return removeFirst(this.passages);
			}
			wait();
		}
		return null;
	}

	private static EmbeddingJob removeFirst(Set<EmbeddingJob> jobs) {
		EmbeddingJob first = jobs.iterator().next();
		jobs.remove(first);
		return first;
	}

	/**
	 * Takes a job back that nobody waits for any more.
	 * @param job the job
	 */
	synchronized void remove(EmbeddingJob job) {
		jobs(job.kind()).remove(job);
	}

	/** Refuses further jobs, and tells those that wait that they have failed. */
	void close() {
		abandon().forEach((job) -> job.fail(closedException()));
	}

	private synchronized List<EmbeddingJob> abandon() {
		List<EmbeddingJob> abandoned = new ArrayList<>(this.queries);
		abandoned.addAll(this.passages);
		this.queries.clear();
		this.passages.clear();
		this.closed = true;
		notifyAll();
		return abandoned;
	}

	private Set<EmbeddingJob> jobs(EmbeddingJob.Kind kind) {
		return (kind == EmbeddingJob.Kind.QUERY) ? this.queries : this.passages;
	}

	private static EmbeddingException closedException() {
		return new EmbeddingException("The embedder is closed");
	}

}
