package io.memoryrouter.gateway.limit;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What a client is told that sent too many requests.
 */
final class RateLimitErrors {

	private final GatewayMeters meters;

	RateLimitErrors(GatewayMeters meters) {
		this.meters = meters;
	}

	/**
	 * Refuses a request, which is counted.
	 * @param headers what the limiter says
	 * @return an error of status 429 that says when to try again
	 */
	ApiException refuse(HttpHeaders headers) {
		this.meters.rateLimited();
		return new ApiException(
				new ApiError(HttpStatus.TOO_MANY_REQUESTS, "rate_limit_exceeded",
						"Too many requests. Try again when the time in 'Retry-After' is over", null),
				RateLimitHeaders.retryAfter(headers), null);
	}

}
