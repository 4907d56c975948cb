package io.memoryrouter.gateway.admin;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.MemoryKeyService;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.core.codec.Hints;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * {@code POST /v1/keys}: makes Memory Keys for the administrator. The key itself is in
 * the answer and nowhere else, ever.
 */
public final class KeyAdministration {

	private static final ParameterizedTypeReference<Map<String, Object>> MEMBERS = new ParameterizedTypeReference<>() {
	};

	private final MemoryKeyService keys;

	private final AdminAuthenticator authenticator;

	private final Clock clock;

	/**
	 * Makes the administration.
	 * @param keys issues the keys
	 * @param tokens know the administrator
	 * @param clock tells the time
	 */
	public KeyAdministration(MemoryKeyService keys, AdminTokens tokens, Clock clock) {
		this.keys = keys;
		this.authenticator = new AdminAuthenticator(tokens);
		this.clock = clock;
	}

	/**
	 * The endpoints.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/keys", this::create).build();
	}

	private Mono<ServerResponse> create(ServerRequest request) {
		return Mono.fromCallable(() -> this.authenticator.authenticate(request.exchange().getRequest()))
			.flatMap((account) -> body(request).map((body) -> KeyCreation.read(account, body, this.clock.instant())))
			.flatMap(this.keys::issue)
			.flatMap(KeyAdministration::created)
			.onErrorResume((ex) -> error(request, ex));
	}

	private static Mono<Map<String, Object>> body(ServerRequest request) {
		MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
		if (!type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
			return Mono.error(unsupported());
		}
		return request.bodyToMono(MEMBERS).switchIfEmpty(Mono.error(KeyAdministration::unreadable));
	}

	private static Mono<ServerResponse> created(MemoryKeyService.IssuedKey issued) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", issued.record().id());
		body.put("key", issued.key().reveal());
		body.put("name", issued.record().name());
		body.put("vault", issued.record().vault().value());
		body.put("mode", issued.record().ceiling().name().toLowerCase(Locale.ROOT));
		body.put("created_at", Rfc3339.format(issued.record().createdAt()));
		body.put("expires_at", Rfc3339.format(issued.record().expiresAt()));
		return ServerResponse.status(HttpStatus.CREATED)
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.hint(Hints.SUPPRESS_LOGGING_HINT, true)
			.bodyValue(body);
	}

	private static Mono<ServerResponse> error(ServerRequest request, Throwable ex) {
		ApiException error = translate(ex);
		if (error == null) {
			return Mono.error(ex);
		}
		return ServerResponse.status(error.error().status())
			.contentType(MediaType.APPLICATION_JSON)
			.headers((headers) -> ApiErrors.retryAfter(headers, error))
			.bodyValue(ApiErrors.render(request.exchange(), error.error()));
	}

	/** What issuing refuses, it refuses with a message for the caller. */
	private static @Nullable ApiException translate(Throwable ex) {
		if (ex instanceof ApiException error) {
			return error;
		}
		if (ex instanceof IllegalArgumentException && ex.getMessage() != null) {
			return ApiException.badRequest("invalid_request", ex.getMessage(), null);
		}
		if (ex instanceof KeyStoreUnavailableException) {
			return ApiException.unavailable("key_store_unavailable",
					"Memory Keys cannot be made at the moment. Try again", ex);
		}
		if (isTooLarge(ex)) {
			return new ApiException(new ApiError(HttpStatus.CONTENT_TOO_LARGE, "request_too_large",
					"The body is larger than such a request can be", null));
		}
		if (ex instanceof UnsupportedMediaTypeStatusException) {
			return unsupported();
		}
		return (ex instanceof ServerWebInputException) ? unreadable() : null;
	}

	private static boolean isTooLarge(Throwable ex) {
		return ex instanceof DataBufferLimitException || ex.getCause() instanceof DataBufferLimitException
				|| (ex instanceof ResponseStatusException status
						&& status.getStatusCode().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE));
	}

	private static ApiException unsupported() {
		return new ApiException(new ApiError(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type",
				"The body has to be JSON: send 'Content-Type: application/json'", HttpHeaders.CONTENT_TYPE));
	}

	private static ApiException unreadable() {
		return ApiException.badRequest("invalid_request_body",
				"The body has to be a JSON object, for instance {\"name\": \"alice\"}", null);
	}

}
