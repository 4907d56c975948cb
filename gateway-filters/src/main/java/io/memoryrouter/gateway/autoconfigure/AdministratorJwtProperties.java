package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.jwt.JwtSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
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
@ConfigurationProperties(AdministratorJwtProperties.PREFIX)
public record AdministratorJwtProperties(@Nullable String issuer, @Nullable String audience, @Nullable String jwksUri,
		@DefaultValue(AdministratorJwtProperties.ACCOUNT_CLAIM) String accountClaim) {

	static final String PREFIX = "memoryrouter.admin.jwt";

	static final String ACCOUNT_CLAIM = "account";

	/**
	 * Takes an empty value, as an environment variable may have it, for none.
	 * @throws IllegalArgumentException if some are set and one is missing, or one cannot
	 * be used
	 */
	public AdministratorJwtProperties {
		issuer = IdentityProviderProperties.textOrNull(issuer);
		audience = IdentityProviderProperties.textOrNull(audience);
		jwksUri = IdentityProviderProperties.textOrNull(jwksUri);
		accountClaim = StringUtils.hasText(accountClaim) ? accountClaim.strip() : ACCOUNT_CLAIM;
		IdentityProviderProperties.settings(PREFIX, issuer, audience, jwksUri);
	}

	@Nullable JwtSettings toSettings() {
		return IdentityProviderProperties.settings(PREFIX, this.issuer, this.audience, this.jwksUri);
	}

}
