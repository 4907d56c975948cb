package io.memoryrouter.gateway.admin;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.JsonBody;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.AdminTokens;
import io.memoryrouter.keys.MemoryKeyService;
import reactor.core.publisher.Mono;

import org.springframework.core.codec.Hints;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code POST /v1/keys}: makes Memory Keys for the administrator. The key itself is in
 * the answer and nowhere else, ever.
 */
public final class KeyAdministration {

	private static final String EXAMPLE = "{\"name\": \"alice\"}";

	private final MemoryKeyService keys;

	private final AdministratorFilter administrators;

	private final Clock clock;

	/**
	 * Makes the administration.
	 * @param keys issues the keys
	 * @param tokens know the administrator
	 * @param clock tells the time
	 */
	public KeyAdministration(MemoryKeyService keys, AdminTokens tokens, Clock clock) {
		this.keys = keys;
		this.administrators = new AdministratorFilter(tokens);
		this.clock = clock;
	}

	/**
	 * The endpoints.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/keys", this::create).filter(this.administrators).build();
	}

	private Mono<ServerResponse> create(ServerRequest request) {
		String account = AdministratorFilter.accountOf(request);
		return JsonBody.object(request, EXAMPLE)
			.map((body) -> KeyCreation.read(account, body, this.clock.instant()))
			.flatMap(this::issue)
			.flatMap(KeyAdministration::created);
	}

	/** What issuing refuses, it refuses with a message for the caller. */
	private Mono<MemoryKeyService.IssuedKey> issue(MemoryKeyService.KeyRequest key) {
		return this.keys.issue(key)
			.onErrorMap(IllegalArgumentException.class,
					(ex) -> ApiException.badRequest("invalid_request", String.valueOf(ex.getMessage()), null));
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

}
