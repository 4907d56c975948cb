package io.memoryrouter.gateway.request;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

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
		return values(request).stream().map(this::token).filter(Objects::nonNull).toList();
	}

	private @Nullable String token(String value) {
		return switch (this) {
			case AUTHORIZATION -> bearerToken(value);
			case QUERY -> value;
			default -> value.strip();
		};
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
	 * Takes this place out of a request, whatever it holds.
	 * @param request the request
	 * @return the request without it; the same if it holds no token
	 */
	public ServerHttpRequest removeFrom(ServerHttpRequest request) {
		return removeFrom(request, (token) -> true);
	}

	/**
	 * Takes tokens out of this place. Others stay, as does what is no token.
	 * @param request the request
	 * @param unwanted which tokens to take out
	 * @return the request without them; the same if it has none
	 */
	public ServerHttpRequest removeFrom(ServerHttpRequest request, Predicate<String> unwanted) {
		return removeValues(request, (value) -> isToken(value, unwanted));
	}

	/**
	 * Takes values out of this place, whole as they stand there: of a header also those
	 * that are no token, of another scheme for instance.
	 * @param request the request
	 * @param unwanted which values to take out
	 * @return the request without them; the same if it has none
	 */
	public ServerHttpRequest removeValues(ServerHttpRequest request, Predicate<String> unwanted) {
		if (values(request).stream().noneMatch(unwanted)) {
			return request;
		}
		if (this == QUERY) {
			URI uri = QueryString.without(request.getURI(),
					(name, value) -> name.equals(this.key) && unwanted.test(value));
			return request.mutate().uri(uri).build();
		}
		List<String> kept = values(request).stream().filter(unwanted.negate()).toList();
		return request.mutate().headers((headers) -> replace(headers, kept)).build();
	}

	private List<String> values(ServerHttpRequest request) {
		return (this == QUERY) ? QueryString.values(request.getURI().getRawQuery(), this.key)
				: request.getHeaders().getOrEmpty(this.key);
	}

	private boolean isToken(String value, Predicate<String> wanted) {
		String token = token(value);
		return token != null && wanted.test(token);
	}

	private void replace(HttpHeaders headers, List<String> values) {
		headers.remove(this.key);
		values.forEach((value) -> headers.add(this.key, value));
	}

}
