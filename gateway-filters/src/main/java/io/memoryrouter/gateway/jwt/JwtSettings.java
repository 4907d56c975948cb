package io.memoryrouter.gateway.jwt;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;

import org.springframework.util.Assert;

/**
 * An identity provider whose tokens are believed.
 *
 * @param issuer who issues the tokens, as their {@code iss} says it
 * @param audience whom they are for: one of their {@code aud}
 * @param jwksUri where the issuer's public keys are
 */
public record JwtSettings(String issuer, String audience, URI jwksUri) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException naming what is missing or wrong
	 */
	public JwtSettings {
		Assert.hasText(issuer, "The issuer is missing");
		Assert.hasText(audience, "The audience is missing");
		Assert.isTrue("https".equals(jwksUri.getScheme()) || "http".equals(jwksUri.getScheme()),
				"The address of the keys has to be an https or http URL");
		url(jwksUri);
	}

	/**
	 * Where the keys are.
	 * @return the address
	 */
	URL jwksUrl() {
		return url(this.jwksUri);
	}

	private static URL url(URI uri) {
		try {
			return uri.toURL();
		}
		catch (MalformedURLException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("The address of the keys is no URL", ex);
		}
	}

}
