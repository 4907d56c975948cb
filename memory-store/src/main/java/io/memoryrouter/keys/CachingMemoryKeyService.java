package io.memoryrouter.keys;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Checks Memory Keys against a {@link KeyRepository}, through a cache.
 * <ol>
 * <li>The key is hashed; the cache is asked by the hash, so that no heap dump shows a
 * key.</li>
 * <li>What the repository says, also that there is no such key, holds for
 * {@link #TIME_TO_LIVE}. Requests that come meanwhile share one look-up.</li>
 * <li>When the repository fails or takes longer than {@link #LOOK_UP_TIMEOUT}, a key that
 * was accepted in the last {@link #GRACE} is taken as it was known then, and the
 * repository is left alone for {@link #RETRY_AFTER}; other keys get the error.</li>
 * <li>Whether the key has expired is decided at each request.</li>
 * <li>What is forgotten does not come back with a look-up that had begun before.</li>
 * </ol>
 */
public final class CachingMemoryKeyService implements MemoryKeyService {

	/** How long an answer of the repository holds, and a revocation can go unnoticed. */
	public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	/** How long a key that was accepted goes on without the repository. */
	public static final Duration GRACE = Duration.ofMinutes(5);

	static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_KEYS = 20_000;

	private final Function<String, Mono<KeyRecord>> repository;

	private final Clock clock;

	private final AsyncCache<String, KeyLookup> lookups;

	private final RecentKeys recent;

	/** How often something was forgotten. */
	private final AtomicLong forgotten = new AtomicLong();

	/**
	 * Uses the system's clock.
	 * @param repository looks a key up by its hash, as {@link KeyRepository#findByHash}
	 */
	public CachingMemoryKeyService(Function<String, Mono<KeyRecord>> repository) {
		this(repository, Clock.systemUTC(), Ticker.systemTicker());
	}

	CachingMemoryKeyService(Function<String, Mono<KeyRecord>> repository, Clock clock, Ticker ticker) {
		this.repository = repository;
		this.clock = clock;
		this.lookups = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.ticker(ticker)
			.expireAfter(KeyLookup.expiry(TIME_TO_LIVE, RETRY_AFTER))
			.buildAsync();
		this.recent = new RecentKeys(GRACE.plus(TIME_TO_LIVE), MAX_KEYS, ticker);
	}

	@Override
	public Mono<KeyRecord> authenticate(MemoryKey key) {
		return Mono.defer(() -> {
			CompletableFuture<KeyLookup> lookup = this.lookups.get(key.hash(), (hash, executor) -> lookUp(hash));
			// Nearly always there already: then nothing is scheduled and little
			// allocated.
			KeyLookup known = lookup.isDone() && !lookup.isCompletedExceptionally() ? lookup.join() : null;
			return (known != null) ? valid(known) : Mono.fromFuture(lookup, true).flatMap(this::valid);
		});
	}

	private Mono<KeyRecord> valid(KeyLookup lookup) {
		KeyRecord key = lookup.key();
		return (key != null && key.isValidAt(this.clock.instant())) ? Mono.just(key) : Mono.empty();
	}

	private CompletableFuture<KeyLookup> lookUp(String hash) {
		long forgottenBefore = this.forgotten.get();
		CompletableFuture<KeyLookup> result = new CompletableFuture<>();
		Mono.defer(() -> this.repository.apply(hash))
			.timeout(LOOK_UP_TIMEOUT)
			.map(KeyLookup::of)
			.defaultIfEmpty(KeyLookup.NONE)
			.doOnNext((lookup) -> this.recent.confirm(hash, lookup.key()))
			.onErrorResume((ex) -> recall(hash, ex))
			.doFinally((signal) -> keepUnlessForgotten(hash, result, forgottenBefore))
			.subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	/**
	 * Whoever forgets looks at what is there by then. So this looks after its own is
	 * there: one of both sees the other. The look-up may still be on its way into the
	 * cache in this very call, so that it is removed from outside.
	 */
	private void keepUnlessForgotten(String hash, CompletableFuture<KeyLookup> lookup, long forgottenBefore) {
		if (this.forgotten.get() != forgottenBefore) {
			Schedulers.parallel().schedule(() -> discard(hash, lookup));
		}
	}

	private void discard(String hash, CompletableFuture<KeyLookup> lookup) {
		if (this.lookups.asMap().remove(hash, lookup) && !lookup.isCompletedExceptionally()
				&& lookup.join().confirmed()) {
			this.recent.confirm(hash, null);
		}
	}

	private Mono<KeyLookup> recall(String hash, Throwable ex) {
		KeyRecord key = this.recent.find(hash);
		return (key != null) ? Mono.just(KeyLookup.unconfirmed(key))
				: Mono.error(new KeyStoreUnavailableException("Keys cannot be looked up at the moment", ex));
	}

	/**
	 * Forgets what is known of a key, so that a change of it holds at once.
	 * @param id the key's {@link KeyRecord#id()}
	 */
	public void forget(String id) {
		this.forgotten.incrementAndGet();
		this.lookups.synchronous().asMap().values().removeIf((lookup) -> isOf(lookup.key(), id));
		this.recent.forget(id);
	}

	/**
	 * Has every key looked up anew: changes may have been missed. Until the repository
	 * has answered for a key, what is known of it goes on if the repository fails.
	 */
	public void forgetAll() {
		this.forgotten.incrementAndGet();
		this.lookups.synchronous().invalidateAll();
	}

	static boolean isOf(@Nullable KeyRecord key, String id) {
		return key != null && key.id().equals(id);
	}

}
