package io.memoryrouter.gateway.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.ratelimit.AbstractRateLimiter;
import org.springframework.cloud.gateway.route.RouteDefinitionRouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.core.style.ToStringCreator;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

/**
 * A token bucket for each route and key, in this process: what the gateway's Redis
 * limiter does, where there is no Redis. It takes the same settings under the same names,
 * so that a route's {@code RequestRateLimiter} stays as it is when Redis comes:
 *
 * <pre>
 * filters:
 *   - name: RequestRateLimiter
 *     args:
 *       redis-rate-limiter.replenishRate: 10    # a second
 *       redis-rate-limiter.burstCapacity: 20
 * </pre>
 *
 * <p>
 * Buckets fill continuously, not once a second. One that has had the time to fill up is
 * forgotten: a new one is the same. No earlier, so waiting for that gains nothing. Their
 * number is bounded; beyond it the buckets that are used least are given up. Who can
 * present that many keys has as many buckets anyway.
 */
public final class TokenBucketRateLimiter extends AbstractRateLimiter<TokenBucketRateLimiter.Config> {

	/** The name of the settings: that of the Redis limiter. */
	static final String SETTINGS = "redis-rate-limiter";

	/** About 300 bytes each. */
	private static final int MAX_BUCKETS = 100_000;

	private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

	private final TimeMeter time;

	private final Cache<BucketKey, Bucket> buckets;

	/**
	 * Makes a limiter.
	 * @param configuration binds the settings of routes
	 */
	public TokenBucketRateLimiter(ConfigurationService configuration) {
		this(configuration, TimeMeter.SYSTEM_NANOTIME, MAX_BUCKETS);
	}

	TokenBucketRateLimiter(@Nullable ConfigurationService configuration, TimeMeter time, int maxBuckets) {
		super(Config.class, SETTINGS, configuration);
		this.time = time;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(maxBuckets)
			.ticker(time::currentTimeNanos)
			.expireAfter(Expiry.accessing((BucketKey key, Bucket bucket) -> key.timeToFill()))
			.build();
	}

	@Override
	public Mono<Response> isAllowed(String routeId, String id) {
		return Mono.fromSupplier(() -> take(settings(routeId), routeId, id));
	}

	private Config settings(String routeId) {
		Config settings = getConfig().get(routeId);
		if (settings == null) {
			settings = getConfig().get(RouteDefinitionRouteLocator.DEFAULT_FILTERS);
		}
		Assert.state(settings != null && settings.getReplenishRate() > 0,
				() -> "The route '" + routeId + "' has no '" + SETTINGS + ".replenishRate'");
		return settings;
	}

	private Response take(Config settings, String routeId, String id) {
		if (settings.getRequestedTokens() > settings.getBurstCapacity()) {
			return refused(settings, settings.getBurstCapacity(), settings.timeToEarn(settings.getRequestedTokens()));
		}
		BucketKey key = new BucketKey(routeId, id, settings.getReplenishRate(), settings.getBurstCapacity());
		ConsumptionProbe probe = this.buckets.get(key, this::newBucket)
			.tryConsumeAndReturnRemaining(settings.getRequestedTokens());
		return probe.isConsumed() ? new Response(true, headers(settings, probe.getRemainingTokens()))
				: refused(settings, probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
	}

	private Bucket newBucket(BucketKey key) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(key.capacity).refillGreedy(key.rate, Duration.ofSeconds(1)))
			.withCustomTimePrecision(this.time)
			.build();
	}

	private static Response refused(Config settings, long remaining, Duration wait) {
		Map<String, String> headers = headers(settings, remaining);
		headers.put(RateLimitHeaders.RETRY_AFTER, String.valueOf(RateLimitHeaders.wholeSeconds(wait)));
		return new Response(false, headers);
	}

	private static Map<String, String> headers(Config settings, long remaining) {
		Map<String, String> headers = new HashMap<>();
		headers.put(RateLimitHeaders.REMAINING, String.valueOf(remaining));
		headers.put(RateLimitHeaders.REPLENISH_RATE, String.valueOf(settings.getReplenishRate()));
		headers.put(RateLimitHeaders.BURST_CAPACITY, String.valueOf(settings.getBurstCapacity()));
		headers.put(RateLimitHeaders.REQUESTED_TOKENS, String.valueOf(settings.getRequestedTokens()));
		return headers;
	}

	/**
	 * How many buckets there are.
	 * @return the number
	 */
	long size() {
		this.buckets.cleanUp();
		return this.buckets.estimatedSize();
	}

	/** With other settings a bucket is another one. */
	private record BucketKey(String routeId, String id, int rate, long capacity) {

		/** Rounded up: a bucket is never forgotten before it is full. */
		Duration timeToFill() {
			return Duration.ofSeconds(this.capacity / this.rate + 1);
		}

	}

	/** The settings of a route, named as the Redis limiter names them. */
	@Validated
	public static class Config {

		@Min(1)
		private int replenishRate;

		@Min(0)
		private long burstCapacity = 1;

		@Min(1)
		private int requestedTokens = 1;

		public int getReplenishRate() {
			return this.replenishRate;
		}

		/**
		 * How many tokens a bucket gains in a second. Has no default.
		 * @param replenishRate the number
		 */
		public void setReplenishRate(int replenishRate) {
			this.replenishRate = replenishRate;
		}

		public long getBurstCapacity() {
			return this.burstCapacity;
		}

		/**
		 * How many tokens a bucket holds, and has at first; with 0 nothing is allowed.
		 * Default 1.
		 * @param burstCapacity the number
		 */
		public void setBurstCapacity(long burstCapacity) {
			this.burstCapacity = burstCapacity;
		}

		public int getRequestedTokens() {
			return this.requestedTokens;
		}

		/**
		 * How many tokens a request costs. Default 1; 60 with a rate of 1 is one request
		 * a minute.
		 * @param requestedTokens the number
		 */
		public void setRequestedTokens(int requestedTokens) {
			this.requestedTokens = requestedTokens;
		}

		private Duration timeToEarn(long tokens) {
			return Duration.ofNanos(tokens * NANOS_PER_SECOND / this.replenishRate);
		}

		@Override
		public String toString() {
			return new ToStringCreator(this).append("replenishRate", this.replenishRate)
				.append("burstCapacity", this.burstCapacity)
				.append("requestedTokens", this.requestedTokens)
				.toString();
		}

	}

}
