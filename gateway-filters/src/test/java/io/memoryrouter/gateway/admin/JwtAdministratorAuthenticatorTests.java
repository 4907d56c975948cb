package io.memoryrouter.gateway.admin;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.memoryrouter.gateway.support.ApiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JwtAdministratorAuthenticator}: who gets in, and every known way to
 * get in without being let.
 */
class JwtAdministratorAuthenticatorTests {

	private static final JwtSettings SETTINGS = new JwtSettings("https://id.example", "memoryrouter",
			URI.create("https://id.example/jwks"), "org");

	private static RSAKey rsa;

	private static ECKey ec;

	private static RSAKey foreign;

	private final IdentityProvider provider = new IdentityProvider(rsa.toPublicJWK(), ec.toPublicJWK());

	private final JwtAdministratorAuthenticator authenticator = new JwtAdministratorAuthenticator(SETTINGS,
			this.provider);

	@BeforeAll
	static void generate() throws JOSEException {
		rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
		ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
		foreign = new RSAKeyGenerator(2048).keyID("rsa").generate();
	}

	@Test
	void authenticateWhenTokenIsValidThenAccountSubjectAndScopesAreIts() throws Exception {
		Administrator administrator = authenticate(rsa((claims) -> claims.claim("scope", "openid memory:keys x")));
		assertThat(administrator).isEqualTo(new Administrator("acme", "alice", Set.of(AdminScope.KEYS)));
		assertThat(administrator.may(AdminScope.KEYS)).isTrue();
		assertThat(administrator.may(AdminScope.PROVIDERS)).isFalse();
	}

	@Test
	void authenticateWhenSignedWithAnEllipticCurveOrTypedAsAccessTokenThenAccepted() throws Exception {
		String token = sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").type(new JOSEObjectType("at+jwt")),
				new ECDSASigner(ec), (claims) -> claims.claim("scp", List.of("memory:admin")));
		Administrator administrator = authenticate(token);
		assertThat(administrator.scopes()).containsExactly(AdminScope.ADMIN);
		assertThat(administrator.may(AdminScope.PROVIDERS)).isTrue();
	}

	@Test
	void authenticateWhenScpIsATextThenItsWordsAreScopes() throws Exception {
		assertThat(authenticate(rsa((claims) -> claims.claim("scp", "memory:providers memory:keys"))).scopes())
			.containsExactlyInAnyOrder(AdminScope.PROVIDERS, AdminScope.KEYS);
	}

	@Test
	void authenticateWhenNoScopeIsKnownThenMayNothing() throws Exception {
		assertThat(authenticate(rsa((claims) -> claims.claim("scope", "memory:Admin memoryadmin"))).scopes()).isEmpty();
	}

	@Test
	void authenticateWhenNotAJwtThenNotForHere() {
		for (String token : List.of("x", "mk_AliceAliceAlice01", "eyJ.only", "a.b.c")) {
			assertThat(this.authenticator.authenticate(token).blockOptional()).isEmpty();
		}
		assertThat(this.provider.fetches).hasValue(0);
	}

	static List<Attack> attacks() {
		return List.of(new Attack("alg none", () -> new PlainJWT(claims((claims) -> {
		})).serialize() + "."), new Attack("alg none with signature", () -> {
			String[] parts = rsa((claims) -> {
			}).split("\\.");
			String header = Base64URL.encode("{\"alg\":\"none\"}").toString();
			return header + "." + parts[1] + "." + parts[2];
		}), new Attack("HS256 with the public key", () -> sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa"),
				new MACSigner(rsa.toRSAPublicKey().getEncoded()), (claims) -> {
				})),
				new Attack("foreign key under a known id",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa"), new RSASSASigner(foreign),
								(claims) -> {
								})),
				new Attack("its own key in the header",
						() -> sign(
								new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(foreign.toPublicJWK())
									.jwkURL(URI.create("https://evil.example/jwks")),
								new RSASSASigner(foreign), (claims) -> {
								})),
				new Attack("changed claims", () -> {
					String[] parts = rsa((claims) -> {
					}).split("\\.");
					String claims = new Base64URL(parts[1]).decodeToString().replace("acme", "other");
					return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
				}), new Attack("wrong issuer", () -> rsa((claims) -> claims.issuer("https://evil.example"))),
				new Attack("no issuer", () -> rsa((claims) -> claims.issuer(null))),
				new Attack("wrong audience", () -> rsa((claims) -> claims.audience("other"))),
				new Attack("no audience", () -> rsa((claims) -> claims.audience((String) null))),
				new Attack("expired", () -> rsa((claims) -> claims.expirationTime(in(-61)))),
				new Attack("no expiry", () -> rsa((claims) -> claims.expirationTime(null))),
				new Attack("not yet valid", () -> rsa((claims) -> claims.notBeforeTime(in(90)))),
				new Attack("no subject", () -> rsa((claims) -> claims.subject(null))),
				new Attack("another type", () -> sign(
						new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").type(new JOSEObjectType("secevent+jwt")),
						new RSASSASigner(rsa), (claims) -> {
						})),
				new Attack("unknown critical header",
						() -> sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa")
							.criticalParams(Set.of("x"))
							.customParam("x", 1), new RSASSASigner(rsa), (claims) -> {
							})),
				new Attack("garbage", () -> "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"),
				new Attack("huge", () -> "eyJ" + "a".repeat(100_000) + "..."));
	}

	@ParameterizedTest
	@MethodSource("attacks")
	void authenticateWhenTokenIsForgedThen401ThatSaysNothingOfWhy(Attack attack) throws Exception {
		String token = attack.token.call();
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token)).satisfies((ex) -> {
			assertThat(ex.error().status()).isEqualTo(HttpStatus.UNAUTHORIZED);
			assertThat(ex.error().code()).isEqualTo("invalid_admin_token");
			assertThat(ex.error().message()).doesNotContain(token);
		});
	}

	@Test
	void authenticateWhenClocksDifferByLessThanAMinuteThenAccepted() throws Exception {
		authenticate(rsa((claims) -> claims.expirationTime(in(-40)).claim("scope", "")));
		authenticate(rsa((claims) -> claims.notBeforeTime(in(40))));
	}

	@Test
	void authenticateWhenAccountIsMissingOrOddThen403() throws Exception {
		for (Object account : new Object[] { null, "", " ", 7, List.of("acme"), "a\nb", "a".repeat(129) }) {
			String token = rsa((claims) -> claims.claim("org", account));
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token))
				.satisfies((ex) -> assertThat(ex.error().status()).isEqualTo(HttpStatus.FORBIDDEN));
		}
	}

	@Test
	void authenticateWhenKeysWereRotatedThenFetchedAnewAndUnknownOnesDoNotFetchWithoutEnd() throws Exception {
		authenticate(rsa((claims) -> {
		}));
		RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
		this.provider.keys = new JWKSet(List.of(rsa.toPublicJWK(), next.toPublicJWK()));
		authenticate(sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("next"), new RSASSASigner(next), (claims) -> {
		}));
		assertThat(this.provider.fetches).hasValue(2);
		for (int i = 0; i < 20; i++) {
			String token = sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown" + i),
					new RSASSASigner(foreign), (claims) -> {
					});
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token))
				.satisfies((ex) -> assertThat(ex.error().status()).isEqualTo(HttpStatus.UNAUTHORIZED));
		}
		assertThat(this.provider.fetches).hasValueLessThanOrEqualTo(3);
		authenticate(rsa((claims) -> {
		}));
	}

	@Test
	void authenticateWhenProviderIsDownThenKnownKeysServeAndWithoutAny503() throws Exception {
		this.provider.down = true;
		String token = rsa((claims) -> {
		});
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token)).satisfies((ex) -> {
			assertThat(ex.error().status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThat(ex.retryAfter()).isNotNull();
		});
		IdentityProvider other = new IdentityProvider(rsa.toPublicJWK());
		JwtAdministratorAuthenticator known = new JwtAdministratorAuthenticator(SETTINGS, other);
		known.authenticate(token).block();
		other.down = true;
		assertThat(known.authenticate(token).block()).isNotNull();
	}

	private Administrator authenticate(String token) {
		Administrator administrator = this.authenticator.authenticate(token).block();
		assertThat(administrator).isNotNull();
		return administrator;
	}

	private static String rsa(Consumer<JWTClaimsSet.Builder> changes) throws JOSEException {
		return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").type(JOSEObjectType.JWT),
				new RSASSASigner(rsa), changes);
	}

	private static String sign(JWSHeader.Builder header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> changes)
			throws JOSEException {
		SignedJWT jwt = new SignedJWT(header.build(), claims(changes));
		jwt.sign(signer);
		return jwt.serialize();
	}

	private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> changes) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer("https://id.example")
			.audience(List.of("other", "memoryrouter"))
			.subject("alice")
			.expirationTime(in(300))
			.claim("org", "acme");
		changes.accept(claims);
		return claims.build();
	}

	private static Date in(long seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	/**
	 * A way to get in.
	 *
	 * @param name what it is
	 * @param token makes the token
	 */
	private record Attack(String name, Callable<String> token) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** The identity provider's keys, as they are fetched. */
	private static final class IdentityProvider implements ResourceRetriever {

		private final AtomicInteger fetches = new AtomicInteger();

		private volatile JWKSet keys;

		private volatile boolean down;

		IdentityProvider(JWK... keys) {
			this.keys = new JWKSet(List.of(keys));
		}

		@Override
		public Resource retrieveResource(URL url) throws IOException {
			assertThat(url).hasToString("https://id.example/jwks");
			this.fetches.incrementAndGet();
			if (this.down) {
				throw new IOException("down");
			}
			return new Resource(this.keys.toString(), "application/json");
		}

	}

}
