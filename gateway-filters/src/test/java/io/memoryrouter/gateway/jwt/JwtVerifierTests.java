package io.memoryrouter.gateway.jwt;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.memoryrouter.gateway.testing.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JwtVerifier}: what is believed, every known way to be believed without
 * reason, and an identity provider that rotates its keys, fails, and comes back.
 */
class JwtVerifierTests {

	private final TestIssuer issuer = new TestIssuer();

	private final JwtVerifier verifier = new JwtVerifier(TestIssuer.SETTINGS, Set.of(), this.issuer);

	@Test
	void verifyWhenTokenIsValidThenItsClaims() {
		assertThat(verify(TestIssuer.token((claims) -> claims.claim("org", "a"))).getClaim("org")).isEqualTo("a");
		assertThat(verify(TestIssuer.ellipticToken((claims) -> {
		})).getSubject()).isEqualTo("alice");
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.testing.TestIssuer#attacks")
	void verifyWhenTokenIsForgedThenRefused(TestIssuer.Attack attack) throws Exception {
		String token = attack.token().call();
		assertThat(JwtVerifier.isJwt(token)).isTrue();
		assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> verify(token));
	}

	@Test
	void verifyWhenTokenIsHugeThenRefused() {
		String token = TestIssuer.token((claims) -> claims.claim("x", "a".repeat(20_000)));
		assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> verify(token));
	}

	@Test
	void verifyWhenARequiredClaimIsMissingThenRefused() {
		JwtVerifier strict = new JwtVerifier(TestIssuer.SETTINGS, Set.of("sub"), this.issuer);
		String token = TestIssuer.token((claims) -> claims.subject(null));
		assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> strict.verify(token).block());
		assertThat(verify(token).getSubject()).isNull();
	}

	@Test
	void verifyWhenClocksDifferByLessThanAMinuteThenAccepted() {
		verify(TestIssuer.token((claims) -> claims.expirationTime(TestIssuer.in(-40))));
		verify(TestIssuer.token((claims) -> claims.notBeforeTime(TestIssuer.in(40))));
	}

	@Test
	void verifyWhenKeysWereRotatedThenFetchedAnewAndUnknownOnesDoNotFetchWithoutEnd() {
		verify(TestIssuer.token());
		RSAKey next = TestIssuer.rsaKey("next");
		this.issuer.keys = new JWKSet(List.of(this.issuer.keys.getKeyByKeyId("rsa"), next.toPublicJWK()));
		verify(TestIssuer.token(next, (claims) -> {
		}));
		assertThat(this.issuer.fetches).hasValue(2);
		for (int i = 0; i < 20; i++) {
			String token = TestIssuer.tokenOfUnknownKey("unknown" + i);
			assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> verify(token));
		}
		assertThat(this.issuer.fetches).hasValueLessThanOrEqualTo(3);
		verify(TestIssuer.token());
	}

	@Test
	void verifyWhenProviderWasNeverReachedThenUnavailableAsOftenAsItIsTried() {
		this.issuer.down = true;
		String token = TestIssuer.token();
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(IdentityProviderUnavailableException.class).isThrownBy(() -> verify(token));
		}
		assertThat(this.issuer.fetches).hasValue(2);
	}

	@Test
	void verifyWhenProviderGoesDownThenKnownKeysServeAndUnknownOnesCannotBeTold() {
		verify(TestIssuer.token());
		this.issuer.down = true;
		for (int i = 0; i < 10; i++) {
			String token = TestIssuer.tokenOfUnknownKey("unknown" + i);
			assertThatExceptionOfType(IdentityProviderUnavailableException.class).isThrownBy(() -> verify(token));
			verify(TestIssuer.token());
		}
		assertThat(this.issuer.fetches).hasValueLessThanOrEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a.b.c", "mk_AliceAliceAlice01", "sk-proj-abc.def", "ya29.a0Af", "sk-ant-api03-x",
			"e0123456789abcdef0123456789abcde.AbCd", "eyJhbGciOiJSUzI1NiJ9", "" })
	void isJwtWhenItIsSomeOtherCredentialThenNo(String credential) {
		assertThat(JwtVerifier.isJwt(credential)).isFalse();
	}

	@Test
	void settingsWhenSomethingIsMissingOrOddThenRefused() {
		URI keys = URI.create("https://id.example/jwks");
		assertThatIllegalArgumentException().isThrownBy(() -> new JwtSettings(" ", "a", keys));
		assertThatIllegalArgumentException().isThrownBy(() -> new JwtSettings("a", "", keys));
		for (String uri : List.of("file:/etc/passwd", "jwks", "ftp://id.example/jwks")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new JwtSettings("a", "b", URI.create(uri)));
		}
	}

	private JWTClaimsSet verify(String token) {
		JWTClaimsSet claims = this.verifier.verify(token).block(Duration.ofSeconds(20));
		assertThat(claims).isNotNull();
		return claims;
	}

}
