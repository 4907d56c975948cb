package io.memoryrouter.gateway.autoconfigure;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;

import io.memoryrouter.gateway.admin.JwtSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The organisation's identity provider, whose tokens administer. All or none of its
 * values are set, the account's claim aside.
 *
 * @param issuer who issues the tokens, as their {@code iss} says it
 * @param audience whom they are for: one of their {@code aud}
 * @param jwksUri where the issuer's public keys are
 * @param accountClaim the claim that names the account
 */
@ConfigurationProperties("memoryrouter.admin.jwt")
public record AdministratorJwtProperties(@Nullable String issuer, @Nullable String audience, @Nullable String jwksUri,
		@DefaultValue("account") String accountClaim) {

	/**
	 * Takes an empty value, as an environment variable may have it, for none.
	 * @throws IllegalArgumentException if some are set and one is missing
	 */
	public AdministratorJwtProperties {
		issuer = textOrNull(issuer);
		audience = textOrNull(audience);
		jwksUri = textOrNull(jwksUri);
		if (Stream.of(issuer, audience, jwksUri).anyMatch(Objects::nonNull)) {
			Assert.notNull(issuer, "memoryrouter.admin.jwt.issuer is missing");
			Assert.notNull(audience, "memoryrouter.admin.jwt.audience is missing");
			Assert.notNull(jwksUri, "memoryrouter.admin.jwt.jwks-uri is missing");
		}
	}

	private static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	@Nullable JwtSettings toSettings() {
		return (this.issuer != null && this.audience != null && this.jwksUri != null)
				? new JwtSettings(this.issuer, this.audience, URI.create(this.jwksUri), this.accountClaim) : null;
	}

}
