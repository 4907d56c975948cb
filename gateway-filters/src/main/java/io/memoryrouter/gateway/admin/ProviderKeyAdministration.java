package io.memoryrouter.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderRegistry;
import io.memoryrouter.gateway.provider.StoredProviderKeySource;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.JsonBody;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.encryption.MissingEncryptionKeysException;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.keys.provider.ProviderKeyService;
import io.memoryrouter.keys.provider.StoredProviderKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.codec.Hints;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /v1/provider-keys}: the providers' keys of an administrator's account. A key is
 * written and used, and never read back; answers have its end alone.
 */
public final class ProviderKeyAdministration {

	private static final String EXAMPLE = "{\"key\": \"sk-…\"}";

	private static final String KEY = "key";

	private final ProviderKeyService keys;

	private final ProviderRegistry registry;

	private final ProviderKeyProbe probe;

	private final AdministratorFilter administrators;

	/**
	 * Makes the administration.
	 * @param keys stores the keys
	 * @param registry knows the providers
	 * @param probe tries keys out
	 * @param administrators know who administers
	 */
	public ProviderKeyAdministration(ProviderKeyService keys, ProviderRegistry registry, ProviderKeyProbe probe,
			Administrators administrators) {
		this.keys = keys;
		this.registry = registry;
		this.probe = probe;
		this.administrators = new AdministratorFilter(administrators, AdminScope.PROVIDERS);
	}

	/**
	 * The endpoints.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/v1/provider-keys", this::list)
			.PUT("/v1/provider-keys/{provider}", this::put)
			.GET("/v1/provider-keys/{provider}", this::describe)
			.DELETE("/v1/provider-keys/{provider}", this::delete)
			.POST("/v1/provider-keys/{provider}/test", this::test)
			.filter(this.administrators)
			.build();
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		return this.keys.list(AdministratorFilter.accountOf(request))
			.map(ProviderKeyAdministration::members)
			.collectList()
			.flatMap((keys) -> answer(Map.of("provider_keys", keys)));
	}

	private Mono<ServerResponse> put(ServerRequest request) {
		String account = AdministratorFilter.accountOf(request);
		Provider provider = provider(request);
		return JsonBody.object(request, EXAMPLE)
			.map(ProviderKeyAdministration::key)
			.flatMap((key) -> this.keys.put(account, provider.name(), key))
			.onErrorMap(MissingEncryptionKeysException.class, ProviderKeyAdministration::disabled)
			.flatMap((stored) -> answer(members(stored)));
	}

	private Mono<ServerResponse> describe(ServerRequest request) {
		return this.keys.describe(AdministratorFilter.accountOf(request), name(request))
			.switchIfEmpty(Mono.error(() -> none(request)))
			.flatMap((stored) -> answer(members(stored)));
	}

	/** A key for a provider that was taken out of the configuration can still go. */
	private Mono<ServerResponse> delete(ServerRequest request) {
		return this.keys.delete(AdministratorFilter.accountOf(request), name(request)).flatMap((deleted) -> {
			if (!deleted) {
				throw none(request);
			}
			return ServerResponse.noContent().build();
		});
	}

	private Mono<ServerResponse> test(ServerRequest request) {
		Provider provider = provider(request);
		return this.keys.use(AdministratorFilter.accountOf(request), provider.name())
			.onErrorMap(UndecryptableSecretException.class, (ex) -> StoredProviderKeySource.undecryptable(provider, ex))
			.switchIfEmpty(Mono.error(() -> none(request)))
			.flatMap((key) -> this.probe.run(provider, key))
			.flatMap((outcome) -> answer(outcome.members()));
	}

	private static String name(ServerRequest request) {
		return request.pathVariable("provider");
	}

	private Provider provider(ServerRequest request) {
		Provider provider = this.registry.find(name(request));
		if (provider == null) {
			throw notFound("unknown_provider", "There is no such provider. The providers are "
					+ this.registry.all().stream().map(Provider::name).collect(Collectors.joining(", ")));
		}
		return provider;
	}

	private ApiException none(ServerRequest request) {
		return notFound("provider_key_not_found", "There is no stored key for '" + provider(request).name() + "'");
	}

	private static ProviderKey key(Map<String, Object> body) {
		if (!Set.of(KEY).equals(body.keySet())) {
			throw ApiException.badRequest("invalid_field", "The body has to hold 'key' and nothing else", KEY);
		}
		if (!(body.get(KEY) instanceof String secret) || secret.length() < ProviderKey.MIN_STORED_LENGTH
				|| secret.length() > ProviderKey.MAX_STORED_LENGTH || !ProviderKey.isWellFormed(secret)) {
			throw ApiException
				.badRequest("invalid_field",
						"'key' has to be a provider's key: " + ProviderKey.MIN_STORED_LENGTH + " to "
								+ ProviderKey.MAX_STORED_LENGTH + " printable ASCII characters, and no Memory Key",
						KEY);
		}
		return new ProviderKey(secret);
	}

	private static ApiException disabled(Throwable ex) {
		return new ApiException(new ApiError(HttpStatus.FORBIDDEN, "provider_keys_disabled",
				"Provider keys cannot be stored. " + ex.getMessage(), null));
	}

	private static ApiException notFound(String code, String message) {
		return new ApiException(new ApiError(HttpStatus.NOT_FOUND, code, message, "provider"));
	}

	private static Map<String, Object> members(StoredProviderKey stored) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("provider", stored.provider());
		members.put("last4", stored.ending());
		members.put("updated_at", Rfc3339.format(stored.updatedAt()));
		return members;
	}

	private static Mono<ServerResponse> answer(Map<String, ? extends @Nullable Object> members) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.hint(Hints.SUPPRESS_LOGGING_HINT, true)
			.bodyValue(members);
	}

}
