package io.memoryrouter.keys.provider;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.memoryrouter.keys.provider.ProviderKeyCache.Found;
import io.memoryrouter.keys.provider.ProviderKeyCache.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProviderKeyCache}.
 */
class ProviderKeyCacheTests {

	private static final Place PLACE = new Place("acme", "openai");

	private static final Found OLD = new Found(new ProviderKey("sk-old"), null);

	private static final Found NEW = new Found(new ProviderKey("sk-new"), null);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

	private final Queue<Sinks.One<Found>> lookUps = new ArrayDeque<>();

	private final ProviderKeyCache cache = new ProviderKeyCache((place) -> {
		Sinks.One<Found> lookUp = Sinks.one();
		this.lookUps.add(lookUp);
		return lookUp.asMono();
	}, this.nanos::get);

	private CompletableFuture<Found> get() {
		return this.cache.get(PLACE).toFuture();
	}

	private void find(Found found) {
		this.lookUps.remove().tryEmitValue(found).orThrow();
	}

	private void fail() {
		this.lookUps.remove().tryEmitError(new IllegalStateException("down")).orThrow();
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@AfterEach
	void nothingWasAskedForThatTheTestDoesNotKnowOf() {
		assertThat(this.lookUps).isEmpty();
	}

	@Test
	void getWhenLookUpIsUnderWayThenSharesItAlsoIfTheFirstGivesUp() {
		CompletableFuture<Found> first = get();
		CompletableFuture<Found> second = get();
		first.cancel(true);
		find(OLD);
		assertThat(second).isCompletedWithValue(OLD);
		assertThat(get()).isCompletedWithValue(OLD);
	}

	@Test
	void getWhenTimeHasPassedThenAsksAgain() {
		get();
		find(Found.NONE);
		pass(ProviderKeyCache.TIME_TO_LIVE.minusNanos(1));
		assertThat(get()).isCompletedWithValue(Found.NONE);
		pass(Duration.ofNanos(1));
		CompletableFuture<Found> again = get();
		assertThat(again).isNotDone();
		find(NEW);
		assertThat(again).isCompletedWithValue(NEW);
	}

	@Test
	void getWhenForgottenWhileLookUpIsUnderWayThenThatLeavesNothingBehind() {
		CompletableFuture<Found> before = get();
		this.cache.forget(PLACE);
		CompletableFuture<Found> after = get();
		this.lookUps.remove().tryEmitValue(OLD).orThrow();
		assertThat(before).isCompletedWithValue(OLD);
		assertThat(after).isNotDone();
		find(NEW);
		assertThat(after).isCompletedWithValue(NEW);
		assertThat(get()).isCompletedWithValue(NEW);
	}

	@Test
	void getWhenForgottenThenAnOutageDoesNotBringItBack() {
		get();
		find(OLD);
		this.cache.forget(PLACE);
		CompletableFuture<Found> after = get();
		fail();
		assertThat(after).isCompletedExceptionally();
	}

	@Test
	void getWhenLookUpFailsAndNothingWasFoundBeforeThenTheNextTriesAgain() {
		CompletableFuture<Found> failed = get();
		fail();
		assertThat(failed).isCompletedExceptionally();
		CompletableFuture<Found> next = get();
		find(NEW);
		assertThat(next).isCompletedWithValue(NEW);
	}

	@Test
	void getWhenLookUpFailsThenWhatWasFoundHoldsOnAndTheRepositoryIsLeftAlone() {
		get();
		find(OLD);
		pass(ProviderKeyCache.TIME_TO_LIVE);
		CompletableFuture<Found> during = get();
		fail();
		assertThat(during).isCompletedWithValue(OLD);
		pass(ProviderKeyCache.RETRY_AFTER.minusNanos(1));
		assertThat(get()).isCompletedWithValue(OLD);
		pass(Duration.ofNanos(1));
		CompletableFuture<Found> later = get();
		find(NEW);
		assertThat(later).isCompletedWithValue(NEW);
	}

	@Test
	void getWhenOutageIsLongThenCallsDoNotKeepTheKeyAlive() {
		get();
		find(OLD);
		Duration step = ProviderKeyCache.TIME_TO_LIVE;
		for (Duration passed = step; passed.compareTo(ProviderKeyCache.GRACE) <= 0; passed = passed.plus(step)) {
			pass(step);
			CompletableFuture<Found> during = get();
			fail();
			assertThat(during).isCompletedWithValue(OLD);
		}
		pass(step);
		CompletableFuture<Found> after = get();
		fail();
		assertThat(after).isCompletedExceptionally();
	}

	@Test
	void getWhenPlaceIsAnotherThenIsLookedUpByItself() {
		get();
		find(OLD);
		CompletableFuture<Found> other = this.cache.get(new Place("other", "openai")).toFuture();
		assertThat(other).isNotDone();
		find(NEW);
		assertThat(other).isCompletedWithValue(NEW);
		assertThat(Mono.fromFuture(get()).block()).isEqualTo(OLD);
	}

}
