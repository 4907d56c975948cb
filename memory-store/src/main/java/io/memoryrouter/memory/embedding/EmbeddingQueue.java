package io.memoryrouter.memory.embedding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The texts that wait: questions, and behind them passages, each bounded and each first
 * come, first served.
 */
final class EmbeddingQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

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
	void add(EmbeddingJob job) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw closedException();
			}
			Set<EmbeddingJob> jobs = jobs(job.kind());
			if (jobs.size() >= this.capacity) {
				throw new EmbeddingException.Overloaded(this.capacity + " texts are waiting to be embedded already");
			}
			jobs.add(job);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the next job.
	 * @param withPassages whether passages are taken where no question waits
	 * @return the job, or {@code null} when the queue is closed
	 */
	@Nullable EmbeddingJob take(boolean withPassages) {
		this.lock.lock();
		try {
			while (!this.closed) {
				if (!this.queries.isEmpty()) {
					return removeFirst(this.queries);
				}
				if (withPassages && !this.passages.isEmpty()) {
					return removeFirst(this.passages);
				}
				this.changed.awaitUninterruptibly();
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
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
	void remove(EmbeddingJob job) {
		this.lock.lock();
		try {
			jobs(job.kind()).remove(job);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many jobs wait.
	 * @param kind the kind
	 * @return the number
	 */
	int size(EmbeddingJob.Kind kind) {
		this.lock.lock();
		try {
			return jobs(kind).size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Refuses further jobs, and tells those that wait that they have failed. */
	void close() {
		List<EmbeddingJob> abandoned;
		this.lock.lock();
		try {
			this.closed = true;
			abandoned = new ArrayList<>(this.queries);
			abandoned.addAll(this.passages);
			this.queries.clear();
			this.passages.clear();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		abandoned.forEach((job) -> job.fail(closedException()));
	}

	private Set<EmbeddingJob> jobs(EmbeddingJob.Kind kind) {
		return (kind == EmbeddingJob.Kind.QUERY) ? this.queries : this.passages;
	}

	private static EmbeddingException closedException() {
		return new EmbeddingException("The embedder is closed");
	}

}
