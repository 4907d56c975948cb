package io.memoryrouter.gateway.models;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.provider.DeploymentProviderKeySource;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderKeySource;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.provider.RequestProviderKeySource;
import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.keys.provider.ProviderKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelCatalog}.
 */
class ModelCatalogTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final Provider first = provider("first").key(new ProviderKey("sk-first")).build();

	private final Provider second = provider("second").key(new ProviderKey("sk-second")).build();

	private final Provider keyless = provider("keyless").withoutKey().build();

	private final Provider known = provider("known").withoutKey().configured(false).build();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong nanos = new AtomicLong();

	private final List<ProviderKeySource> sources = new ArrayList<>(
			List.of(new RequestProviderKeySource(), new DeploymentProviderKeySource()));

	private BiFunction<Provider, Optional<ProviderKey>, Mono<List<String>>> lister = (provider, key) -> Mono
		.just(List.of("m"));

	private static Provider.Builder provider(String name) {
		return Provider.named(name).baseUrl(URI.create("http://localhost:1/v1"));
	}

	private ModelCatalog catalog() {
		return new ModelCatalog(new ProviderRegistry(List.of(this.first, this.second, this.keyless, this.known)),
				this.sources, (provider, key) -> {
					this.asked.add(provider.name() + key.map((secret) -> " " + secret.reveal()).orElse(""));
					return this.lister.apply(provider, key);
				}, new GatewayMeters(this.meters), this.nanos::get);
	}

	private ModelCatalog.Caller caller(Provider keyOwner, String... bearer) {
		ServerHttpRequest request = MockServerHttpRequest.get("/v1/models").header("Authorization", bearer).build();
		return new ModelCatalog.Caller(request, ProviderHints.NONE, null, keyOwner);
	}

	private static List<String> ids(ModelCatalog catalog, ModelCatalog.Caller caller) {
		return catalog.list(caller).block(SOON).stream().map(ListedModel::id).toList();
	}

	@Test
	void listThenProvidersWithAKeyAndThoseThatNeedNone() {
		assertThat(ids(catalog(), caller(null))).containsExactly("first/m", "second/m", "keyless/m");
		assertThat(this.asked).containsExactlyInAnyOrder("first sk-first", "second sk-second", "keyless");
	}

	@Test
	void listWhenAKeyIsSentThenItIsItsOwnersAlone() {
		ids(catalog(), caller(this.second, "Bearer sk-sent"));
		assertThat(this.asked).containsExactlyInAnyOrder("first sk-first", "second sk-sent", "keyless");
	}

	@Test
	void listWhenNobodyOwnsTheSentKeyThenItIsNotUsed() {
		ids(catalog(), caller(null, "Bearer sk-sent"));
		assertThat(this.asked).noneMatch((one) -> one.contains("sk-sent"));
	}

	@Test
	void listWhenAskedAgainThenKeptUnlessTheKeyWasSent() {
		ModelCatalog catalog = catalog();
		ids(catalog, caller(this.second, "Bearer sk-sent"));
		this.asked.clear();
		ids(catalog, caller(this.second, "Bearer sk-sent"));
		assertThat(this.asked).containsExactly("second sk-sent");
	}

	@Test
	void listWhenWhatIsKeptIsOldThenAskedAgain() {
		ModelCatalog catalog = catalog();
		ids(catalog, caller(null));
		this.asked.clear();
		this.nanos.addAndGet(ModelCatalog.TIME_TO_LIVE.toNanos() - 1);
		ids(catalog, caller(null));
		assertThat(this.asked).isEmpty();
		this.nanos.addAndGet(1);
		ids(catalog, caller(null));
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void listWhenAProviderFailsThenItIsLeftOutCountedAndLeftAlone() {
		this.lister = (provider, key) -> (provider == this.first) ? Mono.error(new IllegalStateException("sk-first"))
				: Mono.just(List.of("m"));
		ModelCatalog catalog = catalog();
		assertThat(ids(catalog, caller(null))).containsExactly("second/m", "keyless/m");
		assertThat(failures("first")).isEqualTo(1);
		this.asked.clear();
		this.nanos.addAndGet(ModelCatalog.RETRY_AFTER.toNanos() - 1);
		ids(catalog, caller(null));
		assertThat(this.asked).isEmpty();
		this.nanos.addAndGet(1);
		ids(catalog, caller(null));
		assertThat(this.asked).containsExactly("first sk-first");
	}

	@Test
	void listWhenAProviderDoesNotAnswerThenItIsLeftOut() {
		this.lister = (provider, key) -> (provider == this.first) ? Mono.never() : Mono.just(List.of("m"));
		StepVerifier.withVirtualTime(() -> catalog().list(caller(null)))
			.thenAwait(ModelCatalog.TIMEOUT)
			.assertNext(
					(models) -> assertThat(models).extracting(ListedModel::id).containsExactly("second/m", "keyless/m"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void listWhenTwoAskAtOnceThenTheProviderIsAskedOnce() {
		Sinks.One<List<String>> answer = Sinks.one();
		this.lister = (provider, key) -> answer.asMono();
		ModelCatalog catalog = catalog();
		StepVerifier
			.create(Mono.zip(catalog.list(caller(null)), catalog.list(caller(null)))
				.doOnSubscribe((subscription) -> assertThat(this.asked).isEmpty()))
			.then(() -> answer.tryEmitValue(List.of("m")).orThrow())
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()))
			.expectComplete()
			.verify(SOON);
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void listWhenAKeyCannotBeHadThenItsProviderIsLeftOut() {
		failFor(this.second, new ApiException(new ApiError(HttpStatus.INTERNAL_SERVER_ERROR, "c", "m", null)));
		assertThat(ids(catalog(), caller(null))).containsExactly("first/m", "keyless/m");
		assertThat(failures("second")).isEqualTo(1);
	}

	@Test
	void listWhenKeysCannotBeLookedUpAtTheMomentThenError() {
		failFor(this.second, ApiException.unavailable("c", "m", new IllegalStateException()));
		StepVerifier.create(catalog().list(caller(null))).expectError(ApiException.class).verify(SOON);
	}

	private void failFor(Provider provider, ApiException ex) {
		this.sources.add(1, (lookup) -> (lookup.provider() == provider) ? Mono.error(ex) : Mono.empty());
	}

	@Test
	void listWhenTheSentKeyCannotBeOneThenError() {
		StepVerifier.create(catalog().list(caller(this.first, "Bearer a key")))
			.expectError(ApiException.class)
			.verify(SOON);
	}

	private double failures(String provider) {
		return this.meters.get("memoryrouter.gateway.models.failures").tag("provider", provider).counter().count();
	}

}
