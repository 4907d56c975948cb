package io.memoryrouter.gateway.api;

import java.time.Duration;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /v1/memory/receipts/{id}}: what was recalled for one request, told to
 * whoever has a key of its vault. To others it does not exist.
 */
public final class ReceiptEndpoints {

	private static final Logger logger = LoggerFactory.getLogger(ReceiptEndpoints.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final ReceiptStore store;

	/**
	 * Makes the endpoints.
	 * @param store where receipts are kept
	 */
	public ReceiptEndpoints(ReceiptStore store) {
		this.store = store;
	}

	/**
	 * The endpoints.
	 * @return the routes, to be put behind a {@link MemoryKeyHandlerFilter}
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET("/v1/memory/receipts/{id}", this::find).build();
	}

	private Mono<ServerResponse> find(ServerRequest request) {
		VaultId vault = MemoryKeyHandlerFilter.keyOf(request).key().vault();
		return Mono.defer(() -> this.store.find(vault, request.pathVariable("id")))
			.timeout(TIMEOUT)
			.onErrorMap(ReceiptEndpoints::unavailable)
			.switchIfEmpty(Mono.error(ReceiptEndpoints::unknown))
			.flatMap((receipt) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.CACHE_CONTROL, "no-store")
				.bodyValue(ReceiptJson.of(receipt)));
	}

	private static ApiException unavailable(Throwable ex) {
		logger.warn("A receipt could not be read: {}", MemoryStoreException.describe(ex));
		return ApiException.unavailable("receipts_unavailable", "Receipts cannot be read at the moment. Try again", ex);
	}

	private static ApiException unknown() {
		return new ApiException(new ApiError(HttpStatus.NOT_FOUND, "receipt_not_found",
				"There is no such receipt: it is another vault's, or it was erased, or it is too old", "id"));
	}

}
