package io.memoryrouter.gateway.provider;

import java.net.URI;

import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Addresses a request to a provider and puts its key where the provider expects it.
 */
final class ProviderRequests {

	/** Where Google has its OpenAI-compatible endpoints, under its base URL. */
	private static final String GEMINI_AS_OPENAI = "/openai";

	private ProviderRequests() {
	}

	/**
	 * Where a request goes: the provider's base URL, what of the path comes after the
	 * version segment, and the query.
	 * @param provider the provider
	 * @param family the family of the endpoint
	 * @param endpoint the endpoint
	 * @param rawQuery the encoded query, or {@code null}
	 * @return the address
	 * @throws ApiException if the provider's base URL is not known, or the path leads out
	 * of it: what else is on that host is nobody's to call with the deployment's key
	 */
	static URI url(Provider provider, ProviderDialect family, Endpoint endpoint, @Nullable String rawQuery) {
		if (endpoint.leadsElsewhere()) {
			throw ApiException.badRequest("invalid_path", "The path may not have '.' or '..' as a segment", null);
		}
		URI base = provider.baseUrl();
		if (base == null) {
			throw ApiException.badRequest("provider_not_configured", "The provider '" + provider.name()
					+ "' has no address. Set memoryrouter.providers." + provider.name() + ".base-url", "model");
		}
		String prefix = base.toString().replaceFirst("/+$", "");
		boolean compatible = provider.dialect() == ProviderDialect.GEMINI && family == ProviderDialect.OPENAI
				&& !endpoint.rest().startsWith(GEMINI_AS_OPENAI + "/");
		return URI.create(prefix + (compatible ? GEMINI_AS_OPENAI : "") + endpoint.rest()
				+ ((rawQuery != null && !rawQuery.isEmpty()) ? "?" + rawQuery : ""));
	}

	/**
	 * Gives a request the provider's key and takes every other credential out of it.
	 * @param request the request
	 * @param provider the provider
	 * @param family the family of the endpoint
	 * @param key the key, or {@code null} to send none
	 * @return the request for the provider
	 */
	static ServerHttpRequest authorize(ServerHttpRequest request, Provider provider, ProviderDialect family,
			@Nullable ProviderKey key) {
		ServerHttpRequest bare = request;
		for (CredentialPlace place : CredentialPlace.values()) {
			bare = place.removeFrom(bare);
		}
		if (key == null) {
			return bare;
		}
		String own = provider.credentialHeader();
		return withKey(bare, (own != null) ? own : header(request, family, key), key);
	}

	/**
	 * What a client sends as a bearer token stays one: Anthropic and Google know tokens
	 * that they take in no other place.
	 */
	private static String header(ServerHttpRequest request, ProviderDialect family, ProviderKey key) {
		boolean bearer = CredentialPlace.AUTHORIZATION.tokens(request).contains(key.reveal());
		return bearer ? HttpHeaders.AUTHORIZATION : family.credentialHeader();
	}

	/**
	 * Gives a request for the route's own address the key that came in
	 * {@code X-Provider-Key}.
	 * @param request the request
	 * @param family the family of the endpoint
	 * @param key the key
	 * @return the request with the key where clients of the family put it
	 */
	static ServerHttpRequest authorize(ServerHttpRequest request, ProviderDialect family, ProviderKey key) {
		return withKey(request, family.credentialHeader(), key);
	}

	private static ServerHttpRequest withKey(ServerHttpRequest request, String header, ProviderKey key) {
		return request.mutate().headers((headers) -> headers.set(header, credential(header, key))).build();
	}

	/**
	 * A key as a header's value.
	 * @param header the header
	 * @param key the key
	 * @return the key, as a bearer token where the header is {@code Authorization}
	 */
	static String credential(String header, ProviderKey key) {
		return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(header) ? "Bearer " + key.reveal() : key.reveal();
	}

}
