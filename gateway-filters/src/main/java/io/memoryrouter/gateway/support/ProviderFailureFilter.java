package io.memoryrouter.gateway.support;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns what went wrong on the way to the provider into an answer: 502 if it could not be
 * reached, 504 if it was too slow. Stands outside of every filter of a route, so that
 * {@code Retry} and {@code CircuitBreaker} see the faults themselves. Routes without a
 * filter of this product are left alone, and so is an answer that has begun: cutting it
 * short is the only truth then.
 */
public final class ProviderFailureFilter implements GlobalFilter, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(ProviderFailureFilter.class);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!StagedFilter.isPresent(exchange)) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange).onErrorResume((ex) -> answer(exchange, ex));
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable ex) {
		ApiException error = translate(ex);
		if (error == null || exchange.getResponse().isCommitted()) {
			return Mono.error(ex);
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Answered {} for a failed exchange: {}", error.error().status().value(), ex.toString());
		}
		return ApiErrors.answer(exchange, error);
	}

	private static @Nullable ApiException translate(Throwable ex) {
		if (ex instanceof ApiException error) {
			return error;
		}
		if (isTimeout(ex)) {
			return error(HttpStatus.GATEWAY_TIMEOUT, "provider_timeout",
					"The provider did not begin to answer in time. Try again, or raise the provider's timeout", ex);
		}
		if (ex instanceof IOException || ex instanceof ProviderBrokeOffException) {
			return error(HttpStatus.BAD_GATEWAY, "provider_unreachable",
					"The provider cannot be reached, or closed the connection before it answered. Try again", ex);
		}
		return null;
	}

	private static boolean isTimeout(Throwable ex) {
		return ex instanceof TimeoutException || ex instanceof ReadTimeoutException
				|| ex instanceof org.springframework.cloud.gateway.support.TimeoutException
				|| (ex instanceof ResponseStatusException status
						&& status.getStatusCode().isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT));
	}

	private static ApiException error(HttpStatus status, String code, String message, Throwable cause) {
		return new ApiException(new ApiError(status, code, message, null), null, cause);
	}

	@Override
	public int getOrder() {
		return FilterStage.ERRORS.getOrder();
	}

}
