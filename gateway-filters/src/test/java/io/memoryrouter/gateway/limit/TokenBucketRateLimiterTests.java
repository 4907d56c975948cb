package io.memoryrouter.gateway.limit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.cloud.gateway.event.FilterArgsEvent;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter.Response;
import org.springframework.cloud.gateway.support.ConfigurationService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TokenBucketRateLimiterTests {

	private final ManualTime time = new ManualTime();

	private final TokenBucketRateLimiter limiter = new TokenBucketRateLimiter(
			new ConfigurationService(new DefaultListableBeanFactory(), ApplicationConversionService::getSharedInstance,
					() -> null),
			this.time, 1_000);

	private void configure(int rate, long capacity, int requested) {
		this.limiter.onApplicationEvent(new FilterArgsEvent(this, "route", Map.of("redis-rate-limiter.replenishRate",
				rate, "redis-rate-limiter.burstCapacity", capacity, "redis-rate-limiter.requestedTokens", requested)));
	}

	private Response ask(String id) {
		return this.limiter.isAllowed("route", id).block(Duration.ZERO);
	}

	@Test
	void isAllowedWhenTheBucketIsEmptyThenRefusesUntilItHasATokenAgain() {
		configure(2, 3, 1);
		for (int i = 0; i < 3; i++) {
			assertThat(ask("alice").isAllowed()).isTrue();
		}
		assertThat(ask("alice").isAllowed()).isFalse();
		this.time.advance(Duration.ofMillis(499));
		assertThat(ask("alice").isAllowed()).isFalse();
		this.time.advance(Duration.ofMillis(1));
		assertThat(ask("alice").isAllowed()).isTrue();
		assertThat(ask("alice").isAllowed()).isFalse();
	}

	@Test
	void isAllowedWhenOneKeyHasNothingLeftThenOthersHave() {
		configure(1, 1, 1);
		assertThat(ask("alice").isAllowed()).isTrue();
		assertThat(ask("alice").isAllowed()).isFalse();
		assertThat(ask("bob").isAllowed()).isTrue();
	}

	@Test
	void isAllowedWhenAskedThenTellsHowThingsStand() {
		configure(2, 5, 1);
		assertThat(ask("alice").getHeaders())
			.isEqualTo(Map.of("X-RateLimit-Remaining", "4", "X-RateLimit-Replenish-Rate", "2",
					"X-RateLimit-Burst-Capacity", "5", "X-RateLimit-Requested-Tokens", "1"));
	}

	/** A second is the least; what is missing is what counts. */
	@ParameterizedTest
	@CsvSource({ "10, 10, 1, 1, 0, 1", "1, 60, 60, 60, 0, 60", "1, 60, 60, 60, 500, 60", "1, 60, 60, 60, 59500, 1",
			"3, 100, 100, 34, 0, 34" })
	void isAllowedWhenRefusedThenSaysWhenToTryAgain(int rate, long capacity, int requested, long wait, long later,
			long expected) {
		configure(rate, capacity, requested);
		Response response = ask("alice");
		while (response.isAllowed()) {
			response = ask("alice");
		}
		this.time.advance(Duration.ofMillis(later));
		assertThat(response.getHeaders()).containsEntry("Retry-After", String.valueOf(wait));
		assertThat(ask("alice").getHeaders()).containsEntry("Retry-After", String.valueOf(expected));
	}

	@Test
	void isAllowedWhenTheTimeToTryAgainIsOverThenIsAllowed() {
		configure(7, 50, 50);
		assertThat(ask("alice").isAllowed()).isTrue();
		Response refused = ask("alice");
		this.time.advance(Duration.ofSeconds(Long.parseLong(refused.getHeaders().get("Retry-After"))));
		assertThat(ask("alice").isAllowed()).isTrue();
	}

	@Test
	void isAllowedWhenARequestCostsMoreThanABucketHoldsThenRefuses() {
		configure(2, 0, 3);
		Response response = ask("alice");
		assertThat(response.isAllowed()).isFalse();
		assertThat(response.getHeaders()).containsEntry("Retry-After", "2").containsEntry("X-RateLimit-Remaining", "0");
	}

	@Test
	void isAllowedWhenManyAskAtOnceThenExactlyAsManyPassAsThereAreTokens() {
		configure(1, 100, 1);
		Long passed = Flux.range(0, 1_000)
			.flatMap((i) -> this.limiter.isAllowed("route", "alice").subscribeOn(Schedulers.parallel()), 64)
			.filter(Response::isAllowed)
			.count()
			.block(Duration.ofSeconds(30));
		assertThat(passed).isEqualTo(100);
	}

	/** Waiting until a bucket is forgotten gains no more than waiting does anyway. */
	@Test
	void isAllowedWhenABucketIsForgottenThenItWasFull() {
		configure(1, 10, 1);
		for (int i = 0; i < 10; i++) {
			ask("alice");
		}
		this.time.advance(Duration.ofSeconds(9));
		assertThat(this.limiter.size()).isEqualTo(1);
		assertThat(ask("alice").getHeaders()).containsEntry("X-RateLimit-Remaining", "8");
		this.time.advance(Duration.ofSeconds(12));
		assertThat(this.limiter.size()).isZero();
		assertThat(ask("alice").getHeaders()).containsEntry("X-RateLimit-Remaining", "9");
	}

	@Test
	void isAllowedWhenThereAreManyKeysThenTheNumberOfBucketsIsBounded() {
		configure(1, 3_600, 1);
		for (int i = 0; i < 5_000; i++) {
			ask("key" + i);
		}
		assertThat(this.limiter.size()).isLessThanOrEqualTo(1_000);
	}

	@Test
	void isAllowedWhenTheRouteHasNoSettingsThenThoseOfAllRoutesCount() {
		TokenBucketRateLimiter.Config all = new TokenBucketRateLimiter.Config();
		all.setReplenishRate(1);
		this.limiter.getConfig().put("defaultFilters", all);
		assertThat(ask("alice").isAllowed()).isTrue();
		assertThat(ask("alice").isAllowed()).isFalse();
	}

	@Test
	void isAllowedWhenNothingIsSetThenSaysSo() {
		assertThatIllegalStateException().isThrownBy(() -> ask("alice"))
			.withMessageContaining("redis-rate-limiter.replenishRate");
	}

	/** A clock that stands still until told otherwise. */
	private static final class ManualTime implements TimeMeter {

		private final AtomicLong nanos = new AtomicLong();

		void advance(Duration by) {
			this.nanos.addAndGet(by.toNanos());
		}

		@Override
		public long currentTimeNanos() {
			return this.nanos.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
