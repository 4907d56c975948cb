package io.memoryrouter.gateway.request;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The places where SDKs put a credential. Each may hold a Memory Key or a provider's key.
 */
public enum CredentialPlace {

	/** {@code Authorization: Bearer …}; other schemes are nobody's key. */
	AUTHORIZATION(HttpHeaders.AUTHORIZATION),

	/** Anthropic's SDKs. */
	X_API_KEY("x-api-key"),

	/** Google's SDKs. */
	X_GOOG_API_KEY("x-goog-api-key"),

	/** Azure's SDKs. */
	API_KEY("api-key"),

	/** The query parameter {@code key}: Google's SDKs and curl examples. */
	QUERY("key");

	private static final String BEARER = "bearer";

	private final String key;

	CredentialPlace(String key) {
		this.key = key;
	}

	/**
	 * What the place is called.
	 * @return the name of the header or the query parameter
	 */
	public String label() {
		return this.key;
	}

	/**
	 * The tokens that stand in this place.
	 * @param request the request
	 * @return the tokens, empty ones included; none if the place is absent
	 */
	public List<String> tokens(ServerHttpRequest request) {
		if (this == QUERY) {
			return QueryString.values(request.getURI().getRawQuery(), this.key);
		}
		List<String> values = request.getHeaders().getOrEmpty(this.key);
		if (this == AUTHORIZATION) {
			return values.stream().map(CredentialPlace::bearerToken).filter(Objects::nonNull).toList();
		}
		return values.stream().map(String::strip).toList();
	}

	private static @Nullable String bearerToken(String authorization) {
		String value = authorization.strip();
		if (value.equalsIgnoreCase(BEARER)) {
			return "";
		}
		boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& value.charAt(BEARER.length()) == ' ';
		return bearer ? value.substring(BEARER.length()).strip() : null;
	}

	/**
	 * Takes this place out of a request.
	 * @param request the request
	 * @return the request without it; the same if it has none
	 */
	public ServerHttpRequest removeFrom(ServerHttpRequest request) {
		if (tokens(request).isEmpty()) {
			return request;
		}
		if (this != QUERY) {
			return request.mutate().headers((headers) -> headers.remove(this.key)).build();
		}
		URI uri = QueryString.without(request.getURI(), this.key::equals);
		return request.mutate().uri(uri).build();
	}

}
