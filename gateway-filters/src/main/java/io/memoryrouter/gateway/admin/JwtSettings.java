package io.memoryrouter.gateway.admin;

import java.net.URI;

import org.springframework.util.Assert;

/**
 * The organisation's identity provider, whose tokens administer.
 *
 * @param issuer who issues the tokens, as their {@code iss} says it
 * @param audience whom they are for: one of their {@code aud}
 * @param jwksUri where the issuer's public keys are
 * @param accountClaim the claim that names the account
 */
public record JwtSettings(String issuer, String audience, URI jwksUri, String accountClaim) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException naming what is missing or wrong
	 */
	public JwtSettings {
		Assert.hasText(issuer, "memoryrouter.admin.jwt.issuer is missing");
		Assert.hasText(audience, "memoryrouter.admin.jwt.audience is missing");
		Assert.hasText(accountClaim, "memoryrouter.admin.jwt.account-claim is empty");
		Assert.isTrue("https".equals(jwksUri.getScheme()) || "http".equals(jwksUri.getScheme()),
				"memoryrouter.admin.jwt.jwks-uri has to be an https or http URL");
	}

}
