package io.memoryrouter.gateway.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RecollectionCacheTests {

	private static final SessionId MONDAY = new SessionId("monday");

	private static final SessionId TUESDAY = new SessionId("tuesday");

	private final RecollectionCache cache = new RecollectionCache(1_000_000, Duration.ofHours(1),
			Ticker.systemTicker());

	private static RecollectionCache.Key key(VaultId vault, @Nullable SessionId session, String fingerprint) {
		return new RecollectionCache.Key(vault, session, fingerprint);
	}

	private RecollectionCache.Key keep(RecollectionCache.Key key, String id, VaultId vault,
			@Nullable SessionId session) {
		this.cache.keep(key, Recollection.of(StickyFixtures.recall(id, vault, session)), this.cache.era());
		return key;
	}

	private List<String> kept(RecollectionCache.Key... keys) {
		return List.of(keys)
			.stream()
			.filter((key) -> this.cache.find(key) != null)
			.map(RecollectionCache.Key::fingerprint)
			.toList();
	}

	@Test
	void forgetWhenAVaultThenWhatIsForItAndWhatHoldsItsMemoriesGoes() {
		RecollectionCache.Key own = keep(key(StickyFixtures.ALICE, MONDAY, "own"), "m1", StickyFixtures.ALICE, null);
		RecollectionCache.Key reader = keep(key(StickyFixtures.BOB, null, "reader"), "m1", StickyFixtures.ALICE, null);
		RecollectionCache.Key other = keep(key(StickyFixtures.BOB, null, "other"), "m1", StickyFixtures.BOB, null);
		this.cache.forget(StickyFixtures.ALICE, null);
		assertThat(kept(own, reader, other)).containsExactly("other");
	}

	@Test
	void forgetWhenASessionThenWhatIsForItAndWhatHoldsItsMemoriesGoes() {
		RecollectionCache.Key own = keep(key(StickyFixtures.ALICE, MONDAY, "own"), "m1", StickyFixtures.ALICE, null);
		RecollectionCache.Key later = keep(key(StickyFixtures.ALICE, TUESDAY, "later"), "m2", StickyFixtures.ALICE,
				MONDAY);
		RecollectionCache.Key other = keep(key(StickyFixtures.ALICE, TUESDAY, "other"), "m3", StickyFixtures.ALICE,
				TUESDAY);
		RecollectionCache.Key foreign = keep(key(StickyFixtures.BOB, MONDAY, "foreign"), "m4", StickyFixtures.BOB,
				MONDAY);
		this.cache.forget(StickyFixtures.ALICE, MONDAY);
		assertThat(kept(own, later, other, foreign)).containsExactly("other", "foreign");
	}

	@Test
	void forgetMemoryWhenHeldThenItsHoldersGo() {
		RecollectionCache.Key holder = keep(key(StickyFixtures.ALICE, null, "holder"), "m1", StickyFixtures.ALICE,
				null);
		RecollectionCache.Key other = keep(key(StickyFixtures.ALICE, null, "other"), "m2", StickyFixtures.ALICE, null);
		this.cache.forgetMemory(StickyFixtures.ALICE, "m1");
		assertThat(kept(holder, other)).containsExactly("other");
	}

	@Test
	void keepWhenSomethingWasErasedMeanwhileThenItIsNotKept() {
		long era = this.cache.era();
		RecollectionCache.Key key = key(StickyFixtures.ALICE, null, "late");
		this.cache.forget(StickyFixtures.ALICE, null);
		this.cache.keep(key, StickyFixtures.recollection("m1"), era);
		assertThat(this.cache.find(key)).isNull();
	}

	@Test
	void keepWhenFullThenTheOldestGo() {
		for (int i = 0; i < 10_000; i++) {
			keep(key(StickyFixtures.ALICE, null, "k" + i), "m" + i, StickyFixtures.ALICE, null);
		}
		await().atMost(Duration.ofSeconds(10))
			.until(() -> IntStream.range(0, 10_000)
				.filter((i) -> this.cache.find(key(StickyFixtures.ALICE, null, "k" + i)) != null)
				.count() <= 1_000);
	}

	/**
	 * Whatever was recalled before an erasure is gone after it, however the two meet;
	 * what is recalled after it is kept, and each key finds its own.
	 */
	@Test
	void keepWhenVaultsAreErasedAtTheSameTimeThenNothingOfBeforeStays() throws Exception {
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 200; round++) {
				String name = "r" + round;
				CountDownLatch start = new CountDownLatch(1);
				long era = this.cache.era();
				List<Future<?>> done = new ArrayList<>();
				for (int thread = 1; thread < threads; thread++) {
					RecollectionCache.Key key = key(StickyFixtures.ALICE, null, name + "-" + thread);
					Recollection recollection = StickyFixtures.recollection(key.fingerprint());
					done.add(executor.submit(() -> {
						start.await();
						this.cache.keep(key, recollection, era);
						return null;
					}));
				}
				done.add(executor.submit(() -> {
					start.await();
					this.cache.forget(StickyFixtures.ALICE, null);
					return null;
				}));
				start.countDown();
				for (Future<?> future : done) {
					future.get(10, TimeUnit.SECONDS);
				}
				for (int thread = 1; thread < threads; thread++) {
					assertThat(this.cache.find(key(StickyFixtures.ALICE, null, name + "-" + thread))).isNull();
				}
			}
			RecollectionCache.Key after = keep(key(StickyFixtures.ALICE, null, "after"), "m", StickyFixtures.ALICE,
					null);
			assertThat(this.cache.find(after)).isNotNull();
		}
		finally {
			executor.shutdownNow();
		}
	}

}
