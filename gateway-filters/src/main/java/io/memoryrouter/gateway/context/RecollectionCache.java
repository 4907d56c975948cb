package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps recollections as long as they are used, within a bound, and forgets what is
 * erased.
 * <p>
 * What is recalled while something is being erased may hold it still. So whoever keeps a
 * recollection says in which {@linkplain #era() era} it was recalled; each erasure begins
 * a new one, and what is of an older era is not kept. That loses a few that are not
 * concerned, which costs each a prompt cache once.
 */
final class RecollectionCache {

	private static final int ENTRY_BYTES = 500;

	private static final int MEMORY_BYTES = 300;

	private final Cache<Key, Recollection> recollections;

	private final AtomicLong era = new AtomicLong();

	/**
	 * Makes a cache.
	 * @param maxBytes the memory that it may take, about
	 * @param maxIdle how long it keeps what is not asked for
	 * @param ticker tells the time
	 */
	RecollectionCache(long maxBytes, Duration maxIdle, Ticker ticker) {
		this.recollections = Caffeine.newBuilder()
			.ticker(ticker)
			.expireAfterAccess(maxIdle)
			.maximumWeight(maxBytes)
			.weigher(RecollectionCache::weight)
			.build();
	}

	private static int weight(Key key, Recollection recollection) {
		long characters = (recollection.block() != null) ? recollection.block().length() : 0;
		for (Recall.Recalled recalled : recollection.memories()) {
			characters += recalled.memory().text().length();
		}
		long memories = (long) MEMORY_BYTES * recollection.memories().size();
		return (int) Math.min(Integer.MAX_VALUE, ENTRY_BYTES + memories + Character.BYTES * characters);
	}

	/**
	 * The time between two erasures.
	 * @return its number
	 */
	long era() {
		return this.era.get();
	}

	@Nullable Recollection find(Key key) {
		return this.recollections.getIfPresent(key);
	}

	/**
	 * Keeps a recollection, unless something was erased since it was recalled.
	 * @param key what it was recalled for
	 * @param recollection what was recalled
	 * @param recalledIn the era when recalling began
	 */
	void keep(Key key, Recollection recollection, long recalledIn) {
		this.recollections.put(key, recollection);
		// Looked at afterwards: an erasure that begins now finds the entry by itself.
		if (era() != recalledIn) {
			this.recollections.asMap().remove(key, recollection);
		}
	}

	void remove(Key key) {
		this.recollections.invalidate(key);
	}

	/**
	 * Forgets a vault, or one session of it: what was recalled for it and what holds
	 * memories from there.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 */
	void forget(VaultId vault, @Nullable SessionId session) {
		Predicate<Memory> erased = (memory) -> isOf(vault, session, memory.vault(), memory.session());
		forget((key, recollection) -> isOf(vault, session, key.vault(), key.session())
				|| recollection.memories().stream().map(Recall.Recalled::memory).anyMatch(erased));
	}

	private static boolean isOf(VaultId vault, @Nullable SessionId session, VaultId actualVault,
			@Nullable SessionId actualSession) {
		return vault.equals(actualVault) && (session == null || session.equals(actualSession));
	}

	/**
	 * Forgets what holds a memory.
	 * @param vault the memory's vault
	 * @param id the memory's id
	 */
	void forgetMemory(VaultId vault, String id) {
		Predicate<Memory> erased = (memory) -> memory.id().equals(id) && memory.vault().equals(vault);
		forget((key, recollection) -> recollection.memories().stream().map(Recall.Recalled::memory).anyMatch(erased));
	}

	private void forget(BiPredicate<Key, Recollection> erased) {
		this.era.incrementAndGet();
		this.recollections.asMap().entrySet().removeIf((entry) -> erased.test(entry.getKey(), entry.getValue()));
	}

	/**
	 * What a recollection is for. Those of different vaults can never be taken for each
	 * other.
	 *
	 * @param vault the vault
	 * @param session the conversation, or {@code null}
	 * @param fingerprint the message, what went before it, and what else counts
	 */
	record Key(VaultId vault, @Nullable SessionId session, String fingerprint) {

	}

}
