package io.memoryrouter.memory.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Memories that cannot be embedded, for a while: each is tried again after 10 s, and
 * after twice as long each time, up to an hour. Changing its text makes it another one.
 * At most 900 are known; beyond that the one that was set aside first is forgotten.
 */
final class SetAside {

	/** With the largest batch, no more than a store's list gives at once. */
	static final int MAX_SIZE = 900;

	private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

	private static final Duration MAX_DELAY = Duration.ofHours(1);

	private final InstantSource clock;

	private final Map<Key, Entry> entries = new LinkedHashMap<>();

	SetAside(InstantSource clock) {
		this.clock = clock;
	}

	synchronized boolean isDue(Memory memory) {
		Entry entry = this.entries.isEmpty() ? null : this.entries.get(key(memory));
		return entry == null || !this.clock.instant().isBefore(entry.until());
	}

	synchronized void add(Memory memory) {
		Entry before = this.entries.remove(key(memory));
		if (this.entries.size() == MAX_SIZE) {
			removeFirst();
		}
		Duration delay = delayAfter(before);
		this.entries.put(key(memory), new Entry(this.clock.instant().plus(delay), delay));
	}

	private static Duration delayAfter(@Nullable Entry before) {
		if (before == null) {
			return FIRST_DELAY;
		}
		Duration doubled = before.delay().multipliedBy(2);
		return (doubled.compareTo(MAX_DELAY) < 0) ? doubled : MAX_DELAY;
	}

	private void removeFirst() {
		Iterator<Key> first = this.entries.keySet().iterator();
		first.next();
		first.remove();
	}

	synchronized void remove(Memory memory) {
		if (!this.entries.isEmpty()) {
			this.entries.remove(key(memory));
		}
	}

	/**
	 * How many there are. Those that are due since an hour and were not tried are gone
	 * from the store.
	 */
	synchronized int size() {
		Instant forgotten = this.clock.instant().minus(MAX_DELAY);
		this.entries.values().removeIf((entry) -> entry.until().isBefore(forgotten));
		return this.entries.size();
	}

	private static Key key(Memory memory) {
		return new Key(memory.vault(), memory.id(), MemoryIds.fingerprint(memory.text()));
	}

	private record Key(VaultId vault, String id, String textFingerprint) {

	}

	private record Entry(Instant until, Duration delay) {

	}

}
