package io.memoryrouter.gateway.autoconfigure;

import io.memoryrouter.gateway.jwt.JwtSettings;
import io.memoryrouter.gateway.key.claim.VaultClaimSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * The identity provider whose tokens stand for Memory Keys. Issuer, audience and keys are
 * all set, or nothing is.
 *
 * @param issuer who issues the tokens, as their {@code iss} says it
 * @param audience whom they are for: one of their {@code aud}
 * @param jwksUri where the issuer's public keys are
 * @param vaultClaim the claim that names a user's vault, on all routes that do not name
 * one themselves and on the endpoints under {@code /v1/memory}; without it tokens count
 * only on routes that name one
 * @param accountClaim the claim that names a user's account; without it all users belong
 * to the account {@code default}
 */
@ConfigurationProperties(UserJwtProperties.PREFIX)
public record UserJwtProperties(@Nullable String issuer, @Nullable String audience, @Nullable String jwksUri,
		@Nullable String vaultClaim, @Nullable String accountClaim) {

	static final String PREFIX = "memoryrouter.jwt";

	/**
	 * Takes an empty value, as an environment variable may have it, for none.
	 * @throws IllegalArgumentException if some are set and one is missing, or one cannot
	 * be used
	 */
	public UserJwtProperties {
		issuer = IdentityProviderProperties.textOrNull(issuer);
		audience = IdentityProviderProperties.textOrNull(audience);
		jwksUri = IdentityProviderProperties.textOrNull(jwksUri);
		vaultClaim = IdentityProviderProperties.textOrNull(vaultClaim);
		accountClaim = IdentityProviderProperties.textOrNull(accountClaim);
		JwtSettings settings = IdentityProviderProperties.settings(PREFIX, issuer, audience, jwksUri);
		if (settings == null) {
			Assert.isTrue(vaultClaim == null && accountClaim == null,
					PREFIX + ".issuer, audience and jwks-uri are missing: claims count for nothing without them");
		}
		else {
			new VaultClaimSettings(settings.issuer(), vaultClaim, accountClaim);
		}
	}

	/**
	 * The identity provider.
	 * @return where its tokens come from
	 */
	@Nullable JwtSettings toSettings() {
		return IdentityProviderProperties.settings(PREFIX, this.issuer, this.audience, this.jwksUri);
	}

	VaultClaimSettings toClaimSettings(JwtSettings settings) {
		return new VaultClaimSettings(settings.issuer(), this.vaultClaim, this.accountClaim);
	}

}
