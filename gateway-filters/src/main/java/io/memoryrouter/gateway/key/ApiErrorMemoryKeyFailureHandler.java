package io.memoryrouter.gateway.key;

import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.GatewayMeters;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.MalformedMemoryKeyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers in the form of the endpoint's dialect: 400 for two keys, 503 with
 * {@code Retry-After} while keys cannot be looked up, 401 for all else. What is no
 * failure of a key is not answered here: it stays an error.
 */
public final class ApiErrorMemoryKeyFailureHandler implements ServerMemoryKeyFailureHandler {

	private static final Logger logger = LoggerFactory.getLogger(ApiErrorMemoryKeyFailureHandler.class);

	private static final String PLACES = "Send it as '" + MemoryHeaders.MEMORY_KEY
			+ ": mk_…' or 'Authorization: Bearer mk_…'";

	private final GatewayMeters meters;

	public ApiErrorMemoryKeyFailureHandler(GatewayMeters meters) {
		this.meters = meters;
	}

	@Override
	public Mono<Void> onFailure(ServerWebExchange exchange, Throwable failure) {
		if (failure instanceof KeyStoreUnavailableException) {
			logger.warn("Memory Keys cannot be looked up: {}", failure.getMessage(), failure);
			return ApiErrors.answer(exchange, unavailable(failure));
		}
		if (failure instanceof AmbiguousMemoryKeyException) {
			return reject(exchange, ApiException.badRequest("ambiguous_memory_key",
					"The request presents two different Memory Keys. Send one", null));
		}
		if (failure instanceof MalformedMemoryKeyException) {
			return reject(exchange,
					ApiException.unauthorized("malformed_memory_key", failure.getMessage() + ". " + PLACES));
		}
		if (failure instanceof MemoryKeyNotAcceptedException refused) {
			return reject(exchange, refused.isMissing() ? missing() : invalid());
		}
		return (failure instanceof ApiException error) ? token(exchange, error) : Mono.error(failure);
	}

	/** A failure of a token says itself what to answer. */
	private Mono<Void> token(ServerWebExchange exchange, ApiException error) {
		HttpStatus status = error.error().status();
		boolean refused = status == HttpStatus.UNAUTHORIZED || status == HttpStatus.FORBIDDEN;
		return refused ? reject(exchange, error) : ApiErrors.answer(exchange, error);
	}

	private Mono<Void> reject(ServerWebExchange exchange, ApiException error) {
		this.meters.keyRejected();
		return ApiErrors.answer(exchange, error);
	}

	private static ApiException missing() {
		return ApiException.unauthorized("missing_memory_key", "The request has no Memory Key. " + PLACES);
	}

	private static ApiException invalid() {
		return ApiException.unauthorized("invalid_memory_key", "The Memory Key is unknown, revoked or expired");
	}

	private static ApiException unavailable(Throwable cause) {
		return ApiException.unavailable("key_store_unavailable",
				"Memory Keys cannot be checked at the moment. Try again", cause);
	}

}
