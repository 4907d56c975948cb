package io.memoryrouter.keys.provider;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.SecretCipher;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps providers' keys encrypted in a {@link ProviderKeyRepository}.
 * <ol>
 * <li>What a look-up found, also that there is no key or that it does not decrypt, holds
 * for {@link #TIME_TO_LIVE}. Calls that come meanwhile share it.</li>
 * <li>A change through this service is seen by every call after it.</li>
 * <li>A look-up that fails is not remembered: the next call tries again.</li>
 * </ol>
 * A change that has begun is finished also if nobody waits for it any more; otherwise its
 * end could not be noticed and the cache would keep what was there before.
 */
public final class EncryptedProviderKeyService implements ProviderKeyService {

	/** How long a look-up holds, and a change by another process can go unnoticed. */
	public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

	static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_KEYS = 10_000;

	private final ProviderKeyRepository repository;

	private final ProviderKeySealer sealer;

	private final Clock clock;

	private final AsyncCache<Place, Found> found;

	/**
	 * Uses the system's clock.
	 * @param repository where the keys are
	 * @param encryptionKeys encrypt them
	 */
	public EncryptedProviderKeyService(ProviderKeyRepository repository, EncryptionKeySource encryptionKeys) {
		this(repository, encryptionKeys, Clock.systemUTC(), Ticker.systemTicker());
	}

	EncryptedProviderKeyService(ProviderKeyRepository repository, EncryptionKeySource encryptionKeys, Clock clock,
			Ticker ticker) {
		this.repository = repository;
		this.sealer = new ProviderKeySealer(new SecretCipher(encryptionKeys));
		this.clock = clock;
		this.found = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.ticker(ticker)
			.expireAfterWrite(TIME_TO_LIVE)
			.buildAsync();
	}

	@Override
	public Mono<StoredProviderKey> put(String account, String provider, ProviderKey key) {
		Mono<StoredProviderKey> put = Mono
			.fromCallable(() -> this.sealer.seal(account, provider, key, this.clock.instant()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((sealed) -> this.repository.put(sealed).thenReturn(sealed.description()));
		return change(put, new Place(account, provider));
	}

	@Override
	public Mono<Boolean> delete(String account, String provider) {
		return change(this.repository.delete(account, provider), new Place(account, provider));
	}

	private <T> Mono<T> change(Mono<T> change, Place place) {
		return Mono.defer(() -> {
			// Before the end is told: who is told calls again, and is to see the change.
			CompletableFuture<T> running = start(
					change.doOnTerminate(() -> this.found.synchronous().invalidate(place)));
			return Mono.fromFuture(running, true);
		});
	}

	@Override
	public Mono<StoredProviderKey> describe(String account, String provider) {
		return this.repository.find(account, provider).map(SealedProviderKey::description);
	}

	@Override
	public Flux<StoredProviderKey> list(String account) {
		return this.repository.findAll(account).map(SealedProviderKey::description);
	}

	@Override
	public Mono<ProviderKey> use(String account, String provider) {
		return Mono.defer(() -> {
			CompletableFuture<Found> lookup = this.found.get(new Place(account, provider),
					(place, executor) -> lookUp(place));
			// Nearly always there already: then nothing is scheduled.
			Found known = lookup.isDone() && !lookup.isCompletedExceptionally() ? lookup.join() : null;
			return (known != null) ? known.toMono() : Mono.fromFuture(lookup, true).flatMap(Found::toMono);
		});
	}

	private CompletableFuture<Found> lookUp(Place place) {
		return start(Mono.defer(() -> this.repository.find(place.account, place.provider))
			.timeout(LOOK_UP_TIMEOUT)
			.publishOn(Schedulers.boundedElastic())
			.map(this::open)
			.defaultIfEmpty(Found.NONE)
			.onErrorMap((ex) -> !(ex instanceof KeyStoreUnavailableException),
					(ex) -> new KeyStoreUnavailableException("Provider keys cannot be looked up at the moment", ex)));
	}

	private static <T> CompletableFuture<T> start(Mono<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		work.single().subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	private Found open(SealedProviderKey sealed) {
		try {
			return new Found(this.sealer.open(sealed), null);
		}
		catch (UndecryptableSecretException ex) {
			return new Found(null, ex);
		}
	}

	/**
	 * Where a key is.
	 *
	 * @param account the account
	 * @param provider the provider
	 */
	private record Place(String account, String provider) {

	}

	/**
	 * What came of a look-up.
	 *
	 * @param key the key, or {@code null} if there is none
	 * @param failure why the key does not decrypt, or {@code null}
	 */
	private record Found(@Nullable ProviderKey key, @Nullable UndecryptableSecretException failure) {

		private static final Found NONE = new Found(null, null);

		Mono<ProviderKey> toMono() {
			return (this.failure != null) ? Mono.error(this.failure) : Mono.justOrEmpty(this.key);
		}

	}

}
