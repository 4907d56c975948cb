package io.memoryrouter.keys.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.keys.CachingMemoryKeyService;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What look-ups of providers' keys have found, for the calls that follow.
 * <ol>
 * <li>What was found, also that there is no key or that it does not decrypt, holds for
 * {@link #TIME_TO_LIVE}. Calls that come while a look-up is under way share it.</li>
 * <li>When a look-up fails, what was found in the last {@link #GRACE} holds on, and the
 * next look-up waits for {@link #RETRY_AFTER}. The span counts from the last look-up that
 * did not fail and not from the last call, so that an outage does not keep a key alive
 * for ever. Where nothing was found before, the call fails and the next tries again.</li>
 * <li>What is forgotten is looked up by every call after that, and does not come back
 * with a look-up that had begun before. Where all is forgotten at once, because changes
 * may have been missed, it holds on if those look-ups fail.</li>
 * </ol>
 */
final class ProviderKeyCache {

	static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	/** As long as the Memory Keys that use them go on. */
	static final Duration GRACE = CachingMemoryKeyService.GRACE;

	static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private static final int MAX_KEYS = 10_000;

	private final Function<Place, Mono<Found>> repository;

	private final Ticker ticker;

	private final AsyncCache<Place, Entry> entries;

	/**
	 * Makes a cache.
	 * @param repository looks a key up, always with one element or an error
	 * @param ticker measures time
	 */
	ProviderKeyCache(Function<Place, Mono<Found>> repository, Ticker ticker) {
		this.repository = repository;
		this.ticker = ticker;
		this.entries = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.ticker(ticker)
			.expireAfterWrite(GRACE.plus(TIME_TO_LIVE))
			.buildAsync();
	}

	Mono<Found> get(Place place) {
		return Mono.defer(() -> {
			CompletableFuture<Entry> lookup = lookUp(place);
			// Nearly always there already: then nothing is scheduled.
			Entry known = finished(lookup);
			return (known != null) ? Mono.just(known.found) : Mono.fromFuture(lookup, true).map(Entry::found);
		});
	}

	void forget(Place place) {
		this.entries.synchronous().invalidate(place);
	}

	/** What was found holds on only where the next look-up fails. */
	void forgetAll() {
		long now = this.ticker.read();
		this.entries.asMap().forEach((place, lookup) -> {
			Entry known = finished(lookup);
			if (known == null) {
				this.entries.asMap().remove(place, lookup);
			}
			else {
				this.entries.asMap()
					.replace(place, lookup,
							CompletableFuture.completedFuture(new Entry(known.found, known.confirmedAt, now)));
			}
		});
	}

	private CompletableFuture<Entry> lookUp(Place place) {
		CompletableFuture<Entry> known = this.entries.getIfPresent(place);
		if (known != null && !isDue(known)) {
			return known;
		}
		return Objects.requireNonNull(this.entries.asMap()
			.compute(place, (key, last) -> (last != null && !isDue(last)) ? last : lookUp(place, finished(last))));
	}

	private CompletableFuture<Entry> lookUp(Place place, @Nullable Entry last) {
		CompletableFuture<Entry> result = new CompletableFuture<>();
		Mono.defer(() -> this.repository.apply(place))
			.map(this::confirmed)
			.onErrorResume((ex) -> recall(last, ex))
			.subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	private Entry confirmed(Found found) {
		long now = this.ticker.read();
		return new Entry(found, now, now + TIME_TO_LIVE.toNanos());
	}

	private Mono<Entry> recall(@Nullable Entry last, Throwable ex) {
		long now = this.ticker.read();
		return (last != null && now - last.confirmedAt < GRACE.plus(TIME_TO_LIVE).toNanos())
				? Mono.just(new Entry(last.found, last.confirmedAt, now + RETRY_AFTER.toNanos())) : Mono.error(ex);
	}

	private boolean isDue(CompletableFuture<Entry> lookup) {
		Entry entry = finished(lookup);
		return entry != null && this.ticker.read() - entry.dueAt >= 0;
	}

	private static @Nullable Entry finished(@Nullable CompletableFuture<Entry> lookup) {
		return (lookup != null && lookup.isDone() && !lookup.isCompletedExceptionally()) ? lookup.join() : null;
	}

	/**
	 * Where a key is.
	 *
	 * @param account the account
	 * @param provider the provider
	 */
	record Place(String account, String provider) {

	}

	/**
	 * What came of a look-up.
	 *
	 * @param key the key, or {@code null} if there is none
	 * @param failure why the key does not decrypt, or {@code null}
	 */
	record Found(@Nullable ProviderKey key, @Nullable UndecryptableSecretException failure) {

		static final Found NONE = new Found(null, null);

		Mono<ProviderKey> toMono() {
			return (this.failure != null) ? Mono.error(this.failure) : Mono.justOrEmpty(this.key);
		}

	}

	/**
	 * What was found, and when. Times are the ticker's.
	 *
	 * @param found what was found
	 * @param confirmedAt when the repository said so
	 * @param dueAt when to ask it again
	 */
	private record Entry(Found found, long confirmedAt, long dueAt) {

	}

}
