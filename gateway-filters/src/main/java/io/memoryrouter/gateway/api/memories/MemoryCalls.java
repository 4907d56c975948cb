package io.memoryrouter.gateway.api.memories;

import java.time.Duration;
import java.util.List;

import io.memoryrouter.gateway.api.MemoryKeyHandlerFilter;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What the management endpoints have in common: whose vault it is, what a key may not do,
 * how long a store may take, and what its faults are to a client.
 */
public final class MemoryCalls {

	private static final Logger logger = LoggerFactory.getLogger(MemoryCalls.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private MemoryCalls() {
	}

	/**
	 * The vault of a request.
	 * @param request the request, behind a {@link MemoryKeyHandlerFilter}
	 * @return its key's own vault
	 */
	public static VaultId vault(ServerRequest request) {
		return MemoryKeyHandlerFilter.keyOf(request).key().vault();
	}

	/**
	 * The vault of a request that changes something. What a key that only reads may not
	 * do, no suffix allows it.
	 * @param request the request
	 * @return the vault
	 * @throws ApiException if the key only reads
	 */
	public static VaultId vaultToChange(ServerRequest request) {
		KeyContext key = MemoryKeyHandlerFilter.keyOf(request);
		if (key.allowed() == KeyMode.READ || key.key().ceiling() == KeyMode.READ) {
			throw new ApiException(new ApiError(HttpStatus.FORBIDDEN, "read_only_key",
					"A Memory Key that only reads cannot upload, change or delete memories. Use the key without ':read'",
					null));
		}
		return key.key().vault();
	}

	/**
	 * The session that a request names in its header.
	 * @param request the request
	 * @return the session, or {@code null} if there is no such header
	 * @throws ApiException if it is no name of a session, or there are two
	 */
	public static @Nullable SessionId sessionHeader(ServerRequest request) {
		List<String> values = request.headers().header(MemoryHeaders.SESSION_ID).stream().distinct().toList();
		if (values.size() > 1) {
			throw invalid(MemoryHeaders.SESSION_ID, "it is given more than once");
		}
		return values.isEmpty() ? null : session(values.get(0), MemoryHeaders.SESSION_ID);
	}

	static SessionId session(String value, String param) {
		try {
			return new SessionId(value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(param, String.valueOf(ex.getMessage()));
		}
	}

	static ApiException invalid(String param, String expected) {
		return ApiException.badRequest("invalid_parameter", "'" + param + "' cannot be read: " + expected, param);
	}

	/**
	 * Bounds a call of the memory side that is quick by its nature.
	 * @param call the call
	 * @param <T> what it answers
	 * @return the answer, or an {@link ApiException} error
	 */
	public static <T> Mono<T> guarded(Mono<T> call) {
		return guarded(call, TIMEOUT);
	}

	/**
	 * Bounds a call of the memory side.
	 * @param call the call
	 * @param timeout how long it may take
	 * @param <T> what it answers
	 * @return the answer, or an {@link ApiException} error
	 */
	static <T> Mono<T> guarded(Mono<T> call, Duration timeout) {
		return call.timeout(timeout).onErrorMap((ex) -> !(ex instanceof ApiException), MemoryCalls::unavailable);
	}

	/**
	 * What a fault of the memory side is to a client.
	 * @param ex the fault
	 * @return an error of status 503
	 */
	public static ApiException unavailable(Throwable ex) {
		logger.warn("A vault could not be managed: {}", MemoryStoreException.describe(ex));
		return ApiException.unavailable("memory_unavailable", "Memory cannot be reached at the moment. Try again", ex);
	}

	/**
	 * An answer that no cache keeps.
	 * @param body what is written as JSON
	 * @return an answer of status 200
	 */
	public static Mono<ServerResponse> ok(Object body) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.bodyValue(body);
	}

}
