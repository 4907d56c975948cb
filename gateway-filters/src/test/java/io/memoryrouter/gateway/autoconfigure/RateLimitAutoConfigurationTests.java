package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.limit.EndpointRateLimit;
import io.memoryrouter.gateway.limit.MemoryKeyResolver;
import io.memoryrouter.gateway.limit.RateLimitAnswerFilter;
import io.memoryrouter.gateway.limit.TokenBucketRateLimiter;
import io.memoryrouter.gateway.testing.FakeMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.filter.factory.RequestRateLimiterGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.ratelimit.AbstractRateLimiter;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitAutoConfigurationTests {

	private static final String RATE = "memoryrouter.rate-limit.replenish-rate=5";

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withBean(FakeMemory.class)
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, ValidationAutoConfiguration.class,
				WebFluxAutoConfiguration.class, GatewayAutoConfiguration.class, RateLimitAutoConfiguration.class,
				MemoryGatewayAutoConfiguration.class, MemoryApiAutoConfiguration.class));

	@Test
	void configureWhenNothingIsSaidThenTheGatewaysFilterCountsInTheProcessByMemoryKey() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(RateLimiter.class).hasSingleBean(RateLimitAnswerFilter.class);
			RequestRateLimiterGatewayFilterFactory filter = context
				.getBean(RequestRateLimiterGatewayFilterFactory.class);
			assertThat(filter.getDefaultRateLimiter()).isInstanceOf(TokenBucketRateLimiter.class);
			assertThat(filter.getDefaultKeyResolver()).isInstanceOf(MemoryKeyResolver.class);
		});
	}

	@Test
	void configureWhenApplicationHasALimiterThenThatCounts() {
		this.runner.withBean(OwnLimiter.class)
			.run((context) -> assertThat(context).hasSingleBean(RateLimiter.class)
				.hasSingleBean(RequestRateLimiterGatewayFilterFactory.class));
	}

	@Test
	void configureWhenApplicationHasAKeyResolverThenThatCountsAndOursCanBeNamed() {
		KeyResolver own = (exchange) -> Mono.just("everyone");
		this.runner.withBean("own", KeyResolver.class, () -> own).run((context) -> {
			assertThat(context.getBean(RequestRateLimiterGatewayFilterFactory.class).getDefaultKeyResolver())
				.isSameAs(own);
			assertThat(context.getBean("memoryKeyResolver")).isInstanceOf(MemoryKeyResolver.class);
		});
	}

	@Test
	void configureWhenApplicationHasTheBeansThenBacksOff() {
		KeyResolver own = (exchange) -> Mono.just("everyone");
		this.runner.withBean("memoryKeyResolver", KeyResolver.class, () -> own)
			.withBean("memoryRateLimitAnswerFilter", RateLimitAnswerFilter.class)
			.run((context) -> assertThat(context).hasSingleBean(KeyResolver.class)
				.hasSingleBean(RateLimitAnswerFilter.class));
	}

	@Test
	void configureWhenTheGatewayIsOffThenNothingIsThere() {
		this.runner.withPropertyValues("spring.cloud.gateway.server.webflux.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimiter.class));
	}

	@Test
	void configureWhenNoRateIsSaidThenEndpointsHaveNoLimit() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EndpointRateLimit.class));
	}

	@Test
	void configureWhenARateIsSaidThenEndpointsHaveALimitWhoseCapacityIsOneSecond() {
		this.runner.withPropertyValues(RATE).run((context) -> {
			assertThat(context).hasSingleBean(EndpointRateLimit.class);
			TokenBucketRateLimiter.Config settings = context.getBean(TokenBucketRateLimiter.class)
				.getConfig()
				.get("memoryrouter-endpoints");
			assertThat(settings.getReplenishRate()).isEqualTo(5);
			assertThat(settings.getBurstCapacity()).isEqualTo(5);
			assertThat(settings.getRequestedTokens()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "memoryrouter.rate-limit.burst-capacity=4", "memoryrouter.rate-limit.burst-capacity=0",
			"memoryrouter.rate-limit.replenish-rate=0", "memoryrouter.rate-limit.requested-tokens=0" })
	void configureWhenALimitIsWrongThenSaysSo(String property) {
		this.runner.withPropertyValues(RATE, property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("rate-limit"));
	}

	@Test
	void configureWhenTheLimiterTakesNoSettingsThenSaysSo() {
		this.runner.withPropertyValues(RATE)
			.withBean(OwnLimiter.class)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("OwnLimiter"));
	}

	/** A limiter with settings of its own. */
	static final class OwnLimiter extends AbstractRateLimiter<Object> {

		OwnLimiter() {
			super(Object.class, "own", null);
		}

		@Override
		public Mono<Response> isAllowed(String routeId, String id) {
			return Mono.empty();
		}

	}

}
