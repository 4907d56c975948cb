package io.memoryrouter.keys.provider;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.encryption.EncryptionKeySource;
import io.memoryrouter.keys.encryption.SecretCipher;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import io.memoryrouter.keys.provider.ProviderKeyCache.Found;
import io.memoryrouter.keys.provider.ProviderKeyCache.Place;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps providers' keys encrypted in a {@link ProviderKeyRepository}.
 * <p>
 * What was found is kept for {@link #TIME_TO_LIVE}, and on while the repository cannot be
 * reached, but for {@link #GRACE} at most: so long requests with stored keys go on. A
 * change through this service is seen by every call after it. A change that has begun is
 * finished also if nobody waits for it any more; otherwise its end could not be noticed
 * and the cache would keep what was there before.
 */
public final class EncryptedProviderKeyService implements ProviderKeyService {

	/** How long a look-up holds, and a change by another process can go unnoticed. */
	public static final Duration TIME_TO_LIVE = ProviderKeyCache.TIME_TO_LIVE;

	/** How long a key that was found goes on without the repository. */
	public static final Duration GRACE = ProviderKeyCache.GRACE;

	static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

	private final ProviderKeyRepository repository;

	private final ProviderKeySealer sealer;

	private final Clock clock;

	private final ProviderKeyCache cache;

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
		this.cache = new ProviderKeyCache(this::lookUp, ticker);
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
			CompletableFuture<T> running = new CompletableFuture<>();
			change.single()
				.doOnTerminate(() -> this.cache.forget(place))
				.subscribe(running::complete, running::completeExceptionally);
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
		return this.cache.get(new Place(account, provider)).flatMap(Found::toMono);
	}

	/**
	 * Has a key looked up anew by the next call: another process has changed it.
	 * @param account the account
	 * @param provider the provider's name
	 */
	public void forget(String account, String provider) {
		this.cache.forget(new Place(account, provider));
	}

	/**
	 * Has every key looked up anew: changes by other processes may have been missed. What
	 * was found goes on where a look-up fails.
	 */
	public void forgetAll() {
		this.cache.forgetAll();
	}

	private Mono<Found> lookUp(Place place) {
		return this.repository.find(place.account(), place.provider())
			.timeout(LOOK_UP_TIMEOUT)
			.publishOn(Schedulers.boundedElastic())
			.map(this::open)
			.defaultIfEmpty(Found.NONE)
			.onErrorMap((ex) -> !(ex instanceof KeyStoreUnavailableException),
					(ex) -> new KeyStoreUnavailableException("Provider keys cannot be looked up at the moment", ex));
	}

	private Found open(SealedProviderKey sealed) {
		try {
			return new Found(this.sealer.open(sealed), null);
		}
		catch (UndecryptableSecretException ex) {
			return new Found(null, ex);
		}
	}

}
