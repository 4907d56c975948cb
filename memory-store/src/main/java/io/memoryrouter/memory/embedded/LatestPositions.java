package io.memoryrouter.memory.embedded;

import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryrouter.memory.VaultId;

/**
 * Remembers where the logs of vaults end, so that asking a vault for news costs nothing
 * when there is none. That is sound because one process writes the database.
 * <p>
 * A writer tells the new end after each commit and before it is acknowledged. A reader
 * may add what it found at the end of a log; that is dropped if anything was committed
 * since it began to read, as it may be out of date and the entry that would say so may
 * have been evicted.
 */
final class LatestPositions {

	private static final int MAX_VAULTS = 100_000;

	private final Cache<VaultId, Long> ends = Caffeine.newBuilder().maximumSize(MAX_VAULTS).build();

	private final AtomicLong commits = new AtomicLong();

	/**
	 * Whether there is certainly nothing behind a position.
	 * @param vault the vault
	 * @param position the position
	 * @return {@code true} if the log is known to end there
	 */
	boolean isEnd(VaultId vault, long position) {
		Long end = this.ends.getIfPresent(vault);
		return end != null && position >= end;
	}

	/**
	 * Notes a commit.
	 * @param vault the vault
	 * @param written what was committed
	 */
	void committed(VaultId vault, Written<?> written) {
		if (written.end() > 0) {
			this.commits.incrementAndGet();
			this.ends.put(vault, written.end());
		}
	}

	/**
	 * What to hand to {@link #found}, taken before reading.
	 * @return the number of commits so far
	 */
	long commits() {
		return this.commits.get();
	}

	/**
	 * Notes what a reader found.
	 * @param vault the vault
	 * @param end a position that there was nothing behind
	 * @param commitsBefore the number of commits before it began to read
	 */
	void found(VaultId vault, long end, long commitsBefore) {
		// Atomic for the vault: a commit that is noted afterwards overwrites this.
		this.ends.asMap().compute(vault, (key, known) -> (this.commits.get() == commitsBefore) ? end : known);
	}

}
