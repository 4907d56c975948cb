package io.memoryrouter.sample.harness;

import java.time.Instant;
import java.util.Date;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * An organisation's identity provider: issues tokens and shows its public key.
 */
public final class IdentityProvider implements AutoCloseable {

	private static final String AUDIENCE = "memoryrouter";

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	private final ECKey key;

	/**
	 * Starts the identity provider.
	 */
	public IdentityProvider() {
		try {
			this.key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.start();
		this.server
			.stubFor(WireMock.get("/jwks").willReturn(WireMock.okJson(new JWKSet(this.key.toPublicJWK()).toString())));
	}

	/**
	 * Makes a gateway trust it.
	 * @param command starts the gateway
	 * @return the command
	 */
	public GatewayCommand trustedBy(GatewayCommand command) {
		return command.environment("MEMORYROUTER_ADMIN_JWT_ISSUER", this.server.baseUrl())
			.environment("MEMORYROUTER_ADMIN_JWT_AUDIENCE", AUDIENCE)
			.environment("MEMORYROUTER_ADMIN_JWT_JWKSURI", this.server.baseUrl() + "/jwks");
	}

	/**
	 * Issues a token.
	 * @param account the account that its bearer administers
	 * @param scope what the bearer may do there
	 * @return a token that is good for an hour
	 */
	public String token(String account, String scope) {
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(this.server.baseUrl())
			.audience(AUDIENCE)
			.subject("admin@" + account)
			.expirationTime(Date.from(Instant.now().plusSeconds(3600)))
			.claim("account", account)
			.claim("scope", scope)
			.build();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(this.key.getKeyID()).build(),
				claims);
		try {
			token.sign(new ECDSASigner(this.key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
