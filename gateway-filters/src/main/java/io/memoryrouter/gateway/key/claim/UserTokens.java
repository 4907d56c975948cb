package io.memoryrouter.gateway.key.claim;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.ApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The tokens of an identity provider in a request: they stand where Memory Keys do,
 * {@code X-Memory-Key} aside.
 */
final class UserTokens {

	private static final Pattern SEPARATORS = Pattern.compile("[\\s,;=\"]+");

	private UserTokens() {
	}

	/**
	 * Finds the token.
	 * @param request the request
	 * @return the token, or {@code null} if there is none
	 * @throws ApiException if there are two different ones
	 */
	static @Nullable String find(ServerHttpRequest request) {
		List<String> tokens = Stream.of(CredentialPlace.values())
			.flatMap((place) -> place.tokens(request).stream())
			.filter(JwtVerifier::isJwt)
			.distinct()
			.toList();
		if (tokens.size() > 1) {
			throw ApiException.badRequest("ambiguous_user_token", "The request presents two different tokens. Send one",
					null);
		}
		return tokens.isEmpty() ? null : tokens.get(0);
	}

	/**
	 * Takes out of a request whatever holds a token, whatever stands beside it and
	 * whichever scheme it follows. Other credentials stay.
	 * @param request the request
	 * @return the request without
	 */
	static ServerHttpRequest strip(ServerHttpRequest request) {
		ServerHttpRequest stripped = request;
		for (CredentialPlace place : CredentialPlace.values()) {
			stripped = place.removeValues(stripped, UserTokens::holdsToken);
		}
		return stripped;
	}

	private static boolean holdsToken(String value) {
		return SEPARATORS.splitAsStream(value).anyMatch(JwtVerifier::isJwt);
	}

}
