package io.memoryrouter.gateway.autoconfigure;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;

import io.memoryrouter.gateway.jwt.JwtSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The three properties that name an identity provider, wherever they stand.
 */
final class IdentityProviderProperties {

	private IdentityProviderProperties() {
	}

	/**
	 * Reads the properties.
	 * @param prefix what stands before them, for the errors' messages
	 * @param issuer the property {@code issuer}
	 * @param audience the property {@code audience}
	 * @param jwksUri the property {@code jwks-uri}
	 * @return the identity provider, or {@code null} if none of them is set
	 * @throws IllegalArgumentException if some are set and one is missing, or one cannot
	 * be used
	 */
	static @Nullable JwtSettings settings(String prefix, @Nullable String issuer, @Nullable String audience,
			@Nullable String jwksUri) {
		if (Stream.of(issuer, audience, jwksUri).allMatch(Objects::isNull)) {
			return null;
		}
		Assert.notNull(issuer, () -> prefix + ".issuer is missing");
		Assert.notNull(audience, () -> prefix + ".audience is missing");
		Assert.notNull(jwksUri, () -> prefix + ".jwks-uri is missing");
		try {
			return new JwtSettings(issuer, audience, URI.create(jwksUri));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(prefix + ".jwks-uri has to be an https or http URL", ex);
		}
	}

	static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

}
