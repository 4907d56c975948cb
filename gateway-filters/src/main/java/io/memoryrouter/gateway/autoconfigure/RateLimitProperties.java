package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.limit.EndpointRateLimit;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

/**
 * How many requests each Memory Key may make to the endpoints under {@code /v1/memory}.
 * Routes have the gateway's own filter for that, RequestRateLimiter.
 *
 * @param replenishRate how many tokens a key gains in a second; without it there is no
 * limit
 * @param burstCapacity how many tokens a key has at most; as many as it gains in a second
 * if nothing is said
 * @param requestedTokens how many tokens a request costs
 */
@Validated
@ConfigurationProperties("memoryrouter.rate-limit")
record RateLimitProperties(@Nullable @Min(1) Integer replenishRate, @Nullable @Min(1) Long burstCapacity,
		@DefaultValue("1") @Min(1) int requestedTokens) {

	/**
	 * The limit.
	 * @return the settings
	 * @throws IllegalArgumentException if no request could pass, or the capacity is less
	 * than what a second brings
	 */
	EndpointRateLimit.Settings toSettings() {
		Assert.state(this.replenishRate != null, "memoryrouter.rate-limit.replenish-rate is missing");
		long capacity = (this.burstCapacity != null) ? this.burstCapacity
				: Math.max(this.replenishRate, this.requestedTokens);
		Assert.isTrue(capacity >= this.replenishRate && capacity >= this.requestedTokens,
				"memoryrouter.rate-limit.burst-capacity has to be at least replenish-rate and requested-tokens");
		return new EndpointRateLimit.Settings(this.replenishRate, capacity, this.requestedTokens);
	}

}
