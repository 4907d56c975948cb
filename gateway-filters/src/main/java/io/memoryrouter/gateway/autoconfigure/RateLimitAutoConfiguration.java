package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.limit.MemoryKeyResolver;
import io.memoryrouter.gateway.limit.TokenBucketRateLimiter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Auto-configuration of what the gateway's own filter {@code RequestRateLimiter} works
 * with. The gateway makes that filter only if there is a limiter and a key resolver, so
 * both come before it; they are fallbacks, so an application's own count.
 */
@AutoConfiguration(before = GatewayAutoConfiguration.class,
		afterName = "org.springframework.cloud.gateway.config.GatewayRedisAutoConfiguration")
@ConditionalOnClass(GlobalFilter.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.gateway.server.webflux.enabled", matchIfMissing = true)
public final class RateLimitAutoConfiguration {

	/** Where Redis is at hand, the gateway brings a limiter that counts there. */
	@Bean
	@Fallback
	@ConditionalOnMissingBean(RateLimiter.class)
	TokenBucketRateLimiter memoryRateLimiter(ConfigurationService configuration) {
		return new TokenBucketRateLimiter(configuration);
	}

	/** To be named in a route: {@code key-resolver: "#{@memoryKeyResolver}"}. */
	@Bean
	@Fallback
	@ConditionalOnMissingBean(name = "memoryKeyResolver")
	MemoryKeyResolver memoryKeyResolver() {
		return new MemoryKeyResolver();
	}

}
