package io.memoryrouter.gateway.limit;

import java.util.Map;

import io.memoryrouter.gateway.support.GatewayMeters;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.event.FilterArgsEvent;
import org.springframework.cloud.gateway.filter.ratelimit.AbstractRateLimiter;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter;
import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;

/**
 * The limit of this product's own endpoints for Memory Keys, which are no routes and so
 * have no filters. It counts with the gateway's rate limiter: in this process, or in
 * Redis for all replicas.
 */
public final class EndpointRateLimit {

	/** What stands for all of the endpoints where a limiter counts by route. */
	static final String ROUTE = "memoryrouter-endpoints";

	private final RateLimiter<?> limiter;

	private final KeyResolver keys;

	private final RateLimitErrors errors;

	/**
	 * Makes a limit.
	 * @param limiter counts: the gateway's Redis limiter, {@link TokenBucketRateLimiter},
	 * or another one that takes the settings of these
	 * @param keys tell whose requests are counted together
	 * @param settings how many requests are allowed
	 * @param meters counts refusals
	 * @throws IllegalArgumentException if the limiter does not take the settings
	 */
	public EndpointRateLimit(RateLimiter<?> limiter, KeyResolver keys, Settings settings, GatewayMeters meters) {
		this.limiter = limiter;
		this.keys = keys;
		this.errors = new RateLimitErrors(meters);
		if (limiter instanceof AbstractRateLimiter<?> configurable) {
			configurable.onApplicationEvent(new FilterArgsEvent(this, ROUTE, settings.args()));
		}
		Assert.isTrue(limiter.getConfig().containsKey(ROUTE),
				() -> "The rate limiter " + limiter.getClass().getName() + " takes no '"
						+ TokenBucketRateLimiter.SETTINGS + "' settings, so memoryrouter.rate-limit needs another");
	}

	/**
	 * Counts a request.
	 * @param exchange the exchange, whose Memory Key is known
	 * @return completion if it is allowed; an error of status 429 if not
	 */
	public Mono<Void> check(ServerWebExchange exchange) {
		return this.keys.resolve(exchange).flatMap((key) -> this.limiter.isAllowed(ROUTE, key)).flatMap((response) -> {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			response.getHeaders().forEach(headers::set);
			return response.isAllowed() ? Mono.empty() : Mono.error(() -> this.errors.refuse(headers));
		});
	}

	/**
	 * How many requests are allowed.
	 *
	 * @param replenishRate how many tokens a key gains in a second
	 * @param burstCapacity how many it has at most
	 * @param requestedTokens how many a request costs
	 */
	public record Settings(int replenishRate, long burstCapacity, int requestedTokens) {

		private Map<String, Object> args() {
			String name = TokenBucketRateLimiter.SETTINGS + ".";
			return Map.of(name + "replenishRate", this.replenishRate, name + "burstCapacity", this.burstCapacity,
					name + "requestedTokens", this.requestedTokens);
		}

	}

}
