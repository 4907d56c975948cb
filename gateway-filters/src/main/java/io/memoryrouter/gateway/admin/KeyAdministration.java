package io.memoryrouter.gateway.admin;

import java.time.Clock;
import java.util.Map;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.JsonBody;
import io.memoryrouter.gateway.support.PageLimit;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.InvalidKeyException;
import io.memoryrouter.keys.KeyPage;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import org.jspecify.annotations.Nullable;
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
 * {@code /v1/keys}: makes, lists, changes, rotates and revokes the Memory Keys of an
 * account. A key itself is in the answer that makes it and nowhere else, ever.
 */
public final class KeyAdministration {

	private static final String KEYS = "/v1/keys";

	private static final String KEY = "/v1/keys/{id}";

	private final MemoryKeyManager keys;

	private final AdministratorFilter administrators;

	private final Clock clock;

	/**
	 * Makes the administration.
	 * @param keys manages the keys
	 * @param administrators know who administers
	 * @param clock tells the time
	 */
	public KeyAdministration(MemoryKeyManager keys, Administrators administrators, Clock clock) {
		this.keys = keys;
		this.administrators = new AdministratorFilter(administrators, AdminScope.KEYS);
		this.clock = clock;
	}

	/**
	 * The endpoints.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.POST(KEYS, this::create)
			.GET(KEYS, this::list)
			.GET(KEY, this::find)
			.PATCH(KEY, this::change)
			.DELETE(KEY, this::revoke)
			.POST(KEY + "/rotate", this::rotate)
			.filter(this.administrators)
			.build();
	}

	private Mono<ServerResponse> create(ServerRequest request) {
		String account = AdministratorFilter.accountOf(request);
		return JsonBody.object(request, "{\"name\": \"alice\"}")
			.map((body) -> new KeyFields(body).toRequest(account, this.clock.instant()))
			.flatMap(this.keys::issue)
			.onErrorMap(IllegalArgumentException.class, KeyAdministration::refused)
			.doOnNext((issued) -> AuditLog.target(request, issued.record().id()))
			.flatMap((issued) -> created(KeyJson.of(issued)));
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		return Mono
			.defer(() -> this.keys.list(AdministratorFilter.accountOf(request),
					request.queryParam("cursor").orElse(null), PageLimit.of(request)))
			.onErrorMap(IllegalArgumentException.class,
					(ex) -> ApiException.badRequest("invalid_cursor", String.valueOf(ex.getMessage()), "cursor"))
			.flatMap((page) -> ok(json(page)));
	}

	private static Map<String, @Nullable Object> json(KeyPage page) {
		Map<String, @Nullable Object> json = KeyJson.members();
		json.put("keys", page.keys().stream().map((key) -> KeyJson.of(key)).toList());
		json.put("next_cursor", page.nextCursor());
		return json;
	}

	private Mono<ServerResponse> find(ServerRequest request) {
		return this.keys.find(AdministratorFilter.accountOf(request), id(request))
			.switchIfEmpty(Mono.error(KeyAdministration::unknown))
			.flatMap((key) -> ok(KeyJson.of(key)));
	}

	private Mono<ServerResponse> change(ServerRequest request) {
		return JsonBody.object(request, "{\"name\": \"alice\"}")
			.map((body) -> new KeyFields(body).toChange(this.clock.instant()))
			.flatMap((change) -> this.keys.change(AdministratorFilter.accountOf(request), id(request), change))
			.onErrorMap(IllegalArgumentException.class, KeyAdministration::refused)
			.switchIfEmpty(Mono.error(KeyAdministration::unknown))
			.flatMap((key) -> ok(KeyJson.of(key)));
	}

	private Mono<ServerResponse> revoke(ServerRequest request) {
		return this.keys.revoke(AdministratorFilter.accountOf(request), id(request))
			.switchIfEmpty(Mono.error(KeyAdministration::unknown))
			.flatMap((key) -> ServerResponse.noContent().build());
	}

	private Mono<ServerResponse> rotate(ServerRequest request) {
		return JsonBody.objectOrNone(request, "{\"grace\": \"PT24H\"}")
			.map((body) -> new KeyFields(body).toGrace())
			.flatMap((grace) -> this.keys.rotate(AdministratorFilter.accountOf(request), id(request), grace))
			.onErrorMap(IllegalArgumentException.class, KeyAdministration::refused)
			.onErrorMap(IllegalStateException.class, KeyAdministration::ended)
			.switchIfEmpty(Mono.error(KeyAdministration::unknown))
			.doOnNext((rotation) -> AuditLog.target(request, rotation.issued().record().id()))
			.flatMap((rotation) -> created(rotated(rotation.issued(), rotation.old())));
	}

	private static Map<String, @Nullable Object> rotated(IssuedKey issued, KeyRecord old) {
		Map<String, @Nullable Object> json = KeyJson.of(issued);
		json.put("old_expires_at", Rfc3339.format(old.expiresAt()));
		return json;
	}

	private static String id(ServerRequest request) {
		return request.pathVariable("id");
	}

	private static Mono<ServerResponse> created(Map<String, @Nullable Object> key) {
		return ServerResponse.status(HttpStatus.CREATED)
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.hint(Hints.SUPPRESS_LOGGING_HINT, true)
			.bodyValue(key);
	}

	private static Mono<ServerResponse> ok(Map<String, @Nullable Object> body) {
		return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
	}

	/** What the manager refuses, it refuses with a message for the caller. */
	private static ApiException refused(Throwable ex) {
		return ApiException.badRequest("invalid_request", String.valueOf(ex.getMessage()),
				(ex instanceof InvalidKeyException invalid) ? KeyFields.name(invalid.property()) : null);
	}

	private static ApiException ended(Throwable ex) {
		return new ApiException(
				new ApiError(HttpStatus.CONFLICT, "key_not_valid", String.valueOf(ex.getMessage()), null));
	}

	private static ApiException unknown() {
		return new ApiException(
				new ApiError(HttpStatus.NOT_FOUND, "unknown_key", "The account has no key of this id", "id"));
	}

}
