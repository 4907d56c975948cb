package io.memoryrouter.gateway.models;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderKeySource;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.keys.Secrets;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Gathers the models of all providers that a caller has a key for, or that need none.
 * <ol>
 * <li>A key that comes with the request is one provider's. It goes to no other, and what
 * was listed with it is not kept.</li>
 * <li>For the others the account's and the deployment's keys count. What was listed is
 * kept for {@link #TIME_TO_LIVE}, by a hash of the key.</li>
 * <li>A provider that fails, or takes longer than {@link #TIMEOUT}, is left out, and left
 * alone for {@link #RETRY_AFTER}; one whose key cannot be decrypted is left out.</li>
 * </ol>
 */
public final class ModelCatalog {

	/** How long a list of a provider holds. */
	public static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	/** How long a provider has to list its models. */
	public static final Duration TIMEOUT = Duration.ofSeconds(5);

	static final Duration RETRY_AFTER = Duration.ofSeconds(15);

	private static final int MAX_LISTS = 1_000;

	private static final int CONCURRENCY = 16;

	private static final Logger logger = LoggerFactory.getLogger(ModelCatalog.class);

	private final ProviderRegistry registry;

	private final List<ProviderKeySource> keySources;

	private final BiFunction<Provider, Optional<ProviderKey>, Mono<List<String>>> lister;

	private final GatewayMeters meters;

	private final AsyncCache<String, Listing> listings;

	/**
	 * Makes a catalog.
	 * @param registry the providers
	 * @param keySources find their keys, in this order
	 * @param lister lists the models of a provider, with a key if there is one
	 * @param meters count the providers that are left out
	 */
	public ModelCatalog(ProviderRegistry registry, List<ProviderKeySource> keySources,
			BiFunction<Provider, Optional<ProviderKey>, Mono<List<String>>> lister, GatewayMeters meters) {
		this(registry, keySources, lister, meters, Ticker.systemTicker());
	}

	ModelCatalog(ProviderRegistry registry, List<ProviderKeySource> keySources,
			BiFunction<Provider, Optional<ProviderKey>, Mono<List<String>>> lister, GatewayMeters meters,
			Ticker ticker) {
		this.meters = meters;
		this.registry = registry;
		this.keySources = List.copyOf(keySources);
		this.lister = lister;
		this.listings = Caffeine.newBuilder()
			.maximumSize(MAX_LISTS)
			.ticker(ticker)
			.expireAfter(
					Expiry.creating((String key, Listing listing) -> listing.failed() ? RETRY_AFTER : TIME_TO_LIVE))
			.buildAsync();
	}

	/**
	 * Lists models.
	 * @param caller who asks
	 * @return the models, as a request names them: {@code provider/model}; by provider,
	 * in the order of the registry, then as the provider lists them. An
	 * {@link ApiException} error if the key that the caller sent cannot be one, or no key
	 * can be looked up at the moment
	 */
	Mono<List<ListedModel>> list(Caller caller) {
		return Flux.fromIterable(this.registry.all())
			.filter((provider) -> provider.baseUrl() != null)
			.flatMapSequential((provider) -> list(provider, caller), CONCURRENCY)
			.flatMapIterable((models) -> models)
			.collectList();
	}

	private Mono<List<ListedModel>> list(Provider provider, Caller caller) {
		return key(provider, caller).filter((key) -> isUsable(provider, key))
			.flatMap((key) -> isSent(key, caller) ? ask(provider, key) : known(provider, key))
			.map((listing) -> listing.models()
				.stream()
				.map((model) -> new ListedModel(provider.name(), model))
				.toList());
	}

	private Mono<Optional<ProviderKey>> key(Provider provider, Caller caller) {
		ProviderKeySource.Lookup lookup = caller.owns(provider)
				? new ProviderKeySource.Lookup(provider, provider.dialect(), caller.request(), caller.hints(),
						caller.key())
				: new ProviderKeySource.Lookup(provider, provider.dialect(), withoutCredentials(caller.request()),
						ProviderHints.NONE, caller.key());
		return Flux.fromIterable(this.keySources)
			.concatMap((source) -> source.find(lookup))
			.next()
			.singleOptional()
			.onErrorResume((ex) -> !endsList(ex), (ex) -> leaveOut(provider, ex).then(Mono.empty()));
	}

	/** A fault of the caller, or one that goes away when the caller tries again. */
	private static boolean endsList(Throwable ex) {
		return ex instanceof ApiException refusal
				&& (refusal.error().status().is4xxClientError() || refusal.retryAfter() != null);
	}

	/** What is merely known is not asked without a key: nobody said that it is there. */
	private static boolean isUsable(Provider provider, Optional<ProviderKey> key) {
		return key.isPresent() || (!provider.isKeyRequired() && provider.isConfigured());
	}

	private static ServerHttpRequest withoutCredentials(ServerHttpRequest request) {
		ServerHttpRequest bare = request;
		for (CredentialPlace place : CredentialPlace.values()) {
			bare = place.removeFrom(bare);
		}
		return bare;
	}

	private static boolean isSent(Optional<ProviderKey> key, Caller caller) {
		return key.isPresent() && (key.get().equals(caller.hints().key()) || Arrays.stream(CredentialPlace.values())
			.flatMap((place) -> place.tokens(caller.request()).stream())
			.anyMatch(key.get().reveal()::equals));
	}

	private Mono<Listing> known(Provider provider, Optional<ProviderKey> key) {
		String identity = provider.name() + " " + key.map(ProviderKey::reveal).map(Secrets::sha256).orElse("");
		return Mono.defer(() -> {
			CompletableFuture<Listing> listing = this.listings.get(identity,
					(id, executor) -> ask(provider, key).toFuture());
			return Mono.fromFuture(listing, true);
		});
	}

	private Mono<Listing> ask(Provider provider, Optional<ProviderKey> key) {
		return Mono.defer(() -> this.lister.apply(provider, key))
			.timeout(TIMEOUT)
			.map((models) -> new Listing(List.copyOf(models), false))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The provider answered with nothing")))
			.onErrorResume((ex) -> leaveOut(provider, ex));
	}

	/** What the error says is not logged: a provider may quote the key. */
	private Mono<Listing> leaveOut(Provider provider, Throwable ex) {
		return Mono.fromSupplier(() -> {
			logger.debug("The models of '{}' could not be listed: {}", provider.name(), ex.getClass().getName());
			this.meters.modelsNotListed(provider.name());
			return Listing.FAILED;
		});
	}

	/**
	 * Who asks for models.
	 *
	 * @param request the request, without Memory Keys
	 * @param hints what it said in headers of ours
	 * @param key whose account it is, or {@code null} if it has none
	 * @param keyOwner the provider whose key it brings, if it brings one; {@code null} if
	 * that is not known
	 */
	record Caller(ServerHttpRequest request, ProviderHints hints, @Nullable KeyContext key,
			@Nullable Provider keyOwner) {

		boolean owns(Provider provider) {
			return this.keyOwner != null && this.keyOwner.name().equals(provider.name());
		}

	}

	/**
	 * What a provider listed.
	 *
	 * @param models the ids of its models
	 * @param failed whether it did not answer as it should
	 */
	private record Listing(List<String> models, boolean failed) {

		private static final Listing FAILED = new Listing(List.of(), true);

	}

}
