package io.memoryrouter.gateway.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The headers in which rate limiters of the gateway tell how things stand, and what they
 * say of when to try again.
 */
final class RateLimitHeaders {

	/** How many tokens are left. */
	static final String REMAINING = "X-RateLimit-Remaining";

	/** How many are gained in a second. */
	static final String REPLENISH_RATE = "X-RateLimit-Replenish-Rate";

	/** How many there are at most. */
	static final String BURST_CAPACITY = "X-RateLimit-Burst-Capacity";

	/** How many a request costs. */
	static final String REQUESTED_TOKENS = "X-RateLimit-Requested-Tokens";

	/** When to try again, in seconds. */
	static final String RETRY_AFTER = HttpHeaders.RETRY_AFTER;

	private RateLimitHeaders() {
	}

	/**
	 * When a request that was refused can be tried again. A limiter may say so itself;
	 * the Redis limiter tells what is missing and how fast it is replenished. If nothing
	 * is told, a second: no limiter of the gateway replenishes more slowly than by one
	 * token a second.
	 * @param headers the answer's headers
	 * @return whole seconds, 1 at least
	 */
	static Duration retryAfter(HttpHeaders headers) {
		Long said = number(headers, RETRY_AFTER);
		if (said != null) {
			return Duration.ofSeconds(Math.max(1, said));
		}
		Long rate = number(headers, REPLENISH_RATE);
		Long remaining = number(headers, REMAINING);
		Long requested = number(headers, REQUESTED_TOKENS);
		if (rate == null || remaining == null || requested == null || rate < 1) {
			return Duration.ofSeconds(1);
		}
		long missing = Math.max(0, requested - Math.max(0, remaining));
		return Duration.ofSeconds(Math.max(1, (missing + rate - 1) / rate));
	}

	/**
	 * A time to wait, rounded up.
	 * @param wait the time
	 * @return whole seconds, 1 at least
	 */
	static long wholeSeconds(Duration wait) {
		long seconds = wait.getSeconds();
		return Math.max(1, (wait.getNano() > 0) ? seconds + 1 : seconds);
	}

	private static @Nullable Long number(HttpHeaders headers, String name) {
		String value = headers.getFirst(name);
		try {
			return (value != null) ? Long.valueOf(value) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
