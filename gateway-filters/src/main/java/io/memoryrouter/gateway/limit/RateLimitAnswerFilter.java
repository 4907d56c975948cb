package io.memoryrouter.gateway.limit;

import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.FilterStage;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.StagedFilter;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives refusals of a route's rate limiter a body that the provider's own SDK
 * understands, and {@code Retry-After}. The gateway's filter {@code RequestRateLimiter}
 * ends such a request with status 429 and nothing else, or, with {@code throw-on-limit},
 * signals an error; both become the same answer, whatever limiter is behind. A provider's
 * own 429 is none of this, and routes without a filter of this product are left alone.
 */
public final class RateLimitAnswerFilter implements GlobalFilter, Ordered {

	private final RateLimitErrors errors;

	/**
	 * Makes the filter.
	 * @param meters counts refusals
	 */
	public RateLimitAnswerFilter(GatewayMeters meters) {
		this.errors = new RateLimitErrors(meters);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!StagedFilter.isPresent(exchange)) {
			return chain.filter(exchange);
		}
		ServerHttpResponse response = new LimitedResponse(exchange);
		return chain.filter(exchange.mutate().response(response).build())
			.onErrorResume(HttpClientErrorException.class, (ex) -> answerThrown(exchange, ex));
	}

	private Mono<Void> answerThrown(ServerWebExchange exchange, HttpClientErrorException ex) {
		return isRefusal(exchange, ex.getStatusCode().value()) ? refuse(exchange) : Mono.error(ex);
	}

	private static boolean isRefusal(ServerWebExchange exchange, int status) {
		return status == HttpStatus.TOO_MANY_REQUESTS.value() && !ServerWebExchangeUtils.isAlreadyRouted(exchange)
				&& !exchange.getResponse().isCommitted();
	}

	private Mono<Void> refuse(ServerWebExchange exchange) {
		HttpHeaders said = exchange.getResponse().getHeaders();
		return ApiErrors.answer(exchange, this.errors.refuse(said));
	}

	@Override
	public int getOrder() {
		return FilterStage.LIMIT.getOrder();
	}

	/** Something is said where a refusal would say nothing. */
	private final class LimitedResponse extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		private LimitedResponse(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		@Override
		public Mono<Void> setComplete() {
			return Mono.defer(() -> (getStatusCode() != null && isRefusal(this.exchange, getStatusCode().value()))
					? refuse(this.exchange) : super.setComplete());
		}

	}

}
