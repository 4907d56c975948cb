package io.memoryrouter.gateway.limit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitHeadersTests {

	/** What the Redis limiter says; -1 stands for "not known". */
	@ParameterizedTest
	@CsvSource({ "10, 0, 1, 1", "1, 0, 60, 60", "1, 59, 60, 1", "7, 0, 50, 8", "1, -1, 5, 5", "0, 0, 5, 1",
			"x, 0, 5, 1" })
	void retryAfterWhenALimiterTellsItsTokensThenIsComputed(String rate, String remaining, String requested,
			long expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-RateLimit-Replenish-Rate", rate);
		headers.set("X-RateLimit-Remaining", remaining);
		headers.set("X-RateLimit-Requested-Tokens", requested);
		assertThat(RateLimitHeaders.retryAfter(headers)).isEqualTo(Duration.ofSeconds(expected));
	}

	@ParameterizedTest
	@CsvSource({ "17, 17", "0, 1", "-3, 1", "'Wed, 21 Oct 2026 07:28:00 GMT', 1" })
	void retryAfterWhenALimiterSaysItThenIsThat(String said, long expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Retry-After", said);
		assertThat(RateLimitHeaders.retryAfter(headers)).isEqualTo(Duration.ofSeconds(expected));
	}

	@Test
	void retryAfterWhenNothingIsSaidThenIsASecond() {
		assertThat(RateLimitHeaders.retryAfter(new HttpHeaders())).isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 1", "1000, 1", "1001, 2", "59999, 60" })
	void wholeSecondsWhenThereIsAFractionThenRoundsUp(long millis, long expected) {
		assertThat(RateLimitHeaders.wholeSeconds(Duration.ofMillis(millis))).isEqualTo(expected);
	}

}
