package io.memoryrouter.gateway.support;

import java.util.Set;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.chat.error.ApiError;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * The one place where an error becomes an answer, in the form of the endpoint's family,
 * so that the provider's own SDK raises its own typed exception; on endpoints without
 * memory too.
 */
public final class ApiErrors {

	private ApiErrors() {
	}

	/**
	 * Ends a request with an error. A client's fault is answered here and now, so that
	 * filters of the route which count failures or try again (circuit breaker, retry) do
	 * not take it for the provider's. Other faults are signalled to them first;
	 * {@link ProviderFailureFilter} answers those that come out.
	 * @param exchange the exchange
	 * @param ex the error
	 * @return completion, or the error
	 */
	public static Mono<Void> end(ServerWebExchange exchange, ApiException ex) {
		return ex.error().status().is4xxClientError() ? answer(exchange, ex) : Mono.error(ex);
	}

	/**
	 * Answers with an error.
	 * @param exchange the exchange
	 * @param ex the error
	 * @return completion; the error itself if an answer has already begun
	 */
	public static Mono<Void> answer(ServerWebExchange exchange, ApiException ex) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(ex);
		}
		byte[] body = render(exchange, ex.error());
		HttpHeaders headers = response.getHeaders();
		forgetProvider(exchange, headers);
		response.setStatusCode(ex.error().status());
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setContentLength(body.length);
		retryAfter(headers, ex);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/**
	 * Says when to try again, if that helps.
	 * @param headers the answer's headers
	 * @param ex the error
	 */
	public static void retryAfter(HttpHeaders headers, ApiException ex) {
		if (ex.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, ex.retryAfter().toSeconds())));
		}
	}

	/**
	 * Writes an error in the form of the endpoint's family.
	 * @param exchange the exchange
	 * @param error the error
	 * @return the body, as JSON in UTF-8
	 */
	public static byte[] render(ServerWebExchange exchange, ApiError error) {
		ServerHttpRequest request = exchange.getRequest();
		return ApiFamily.of(Endpoint.of(request).path(), request.getHeaders()).render(error);
	}

	/**
	 * A provider that broke off after its head has left its headers (a content length, an
	 * encoding) on the response already.
	 */
	private static void forgetProvider(ServerWebExchange exchange, HttpHeaders headers) {
		Set<String> names = exchange.getAttributeOrDefault(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES,
				Set.of());
		names.forEach(headers::remove);
	}

}
