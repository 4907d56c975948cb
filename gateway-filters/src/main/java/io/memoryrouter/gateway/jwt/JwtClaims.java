package io.memoryrouter.gateway.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.nimbusds.jwt.JWTClaimsSet;

/**
 * Reads claims that name somebody.
 */
public final class JwtClaims {

	/** What stands where bytes were no text: which ones is not known any more. */
	private static final char REPLACEMENT = '\uFFFD';

	private JwtClaims() {
	}

	/**
	 * Reads a claim whose text names somebody or something, as it is: two values are the
	 * same only if all of their characters are.
	 * @param claims the claims
	 * @param name the claim's name
	 * @param maxLength the greatest length, in UTF-16 characters
	 * @return the value; empty if it is absent, not a text, blank, too long, or holds
	 * control characters or what is no Unicode
	 */
	public static Optional<String> name(JWTClaimsSet claims, String name, int maxLength) {
		return Optional.ofNullable(claims.getClaim(name))
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.filter((value) -> !value.isBlank() && value.length() <= maxLength)
			.filter(JwtClaims::isText);
	}

	private static boolean isText(String value) {
		return value.chars().noneMatch((character) -> Character.isISOControl(character) || character == REPLACEMENT)
				&& StandardCharsets.UTF_8.newEncoder().canEncode(value);
	}

}
