package io.memoryrouter.gateway.admin;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.testing.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JwtAdministratorAuthenticator}: who gets in and may do what, and that
 * no forged token gets in.
 */
class JwtAdministratorAuthenticatorTests {

	private final TestIssuer issuer = new TestIssuer();

	private final JwtAdministratorAuthenticator authenticator = new JwtAdministratorAuthenticator(
			new JwtVerifier(TestIssuer.SETTINGS, JwtAdministratorAuthenticator.REQUIRED_CLAIMS, this.issuer), "org");

	@Test
	void authenticateWhenTokenIsValidThenAccountSubjectAndScopesAreIts() {
		Administrator administrator = authenticate(
				TestIssuer.token((claims) -> claims.claim("scope", "openid memory:keys x")));
		assertThat(administrator).isEqualTo(new Administrator("acme", "alice", Set.of(AdminScope.KEYS)));
		assertThat(administrator.may(AdminScope.KEYS)).isTrue();
		assertThat(administrator.may(AdminScope.PROVIDERS)).isFalse();
	}

	@Test
	void authenticateWhenSignedWithAnEllipticCurveAndTypedAsAccessTokenThenAccepted() {
		Administrator administrator = authenticate(
				TestIssuer.ellipticToken((claims) -> claims.claim("scp", List.of("memory:admin"))));
		assertThat(administrator.scopes()).containsExactly(AdminScope.ADMIN);
		assertThat(administrator.may(AdminScope.PROVIDERS)).isTrue();
	}

	@Test
	void authenticateWhenScpIsATextThenItsWordsAreScopes() {
		assertThat(authenticate(TestIssuer.token((claims) -> claims.claim("scp", "memory:providers memory:keys")))
			.scopes()).containsExactlyInAnyOrder(AdminScope.PROVIDERS, AdminScope.KEYS);
	}

	@Test
	void authenticateWhenNoScopeIsKnownThenMayNothing() {
		assertThat(
				authenticate(TestIssuer.token((claims) -> claims.claim("scope", "memory:Admin memoryadmin"))).scopes())
			.isEmpty();
	}

	@Test
	void authenticateWhenNotAJwtThenNotForHere() {
		for (String token : List.of("x", "mk_AliceAliceAlice01", "an-administrators-token", "a.b.c")) {
			assertThat(this.authenticator.authenticate(token).blockOptional()).isEmpty();
		}
		assertThat(this.issuer.fetches).hasValue(0);
	}

	static List<TestIssuer.Attack> attacks() {
		return TestIssuer.attacks();
	}

	@ParameterizedTest
	@MethodSource("attacks")
	void authenticateWhenTokenIsForgedThen401ThatSaysNothingOfWhy(TestIssuer.Attack attack) throws Exception {
		assertInvalid(attack.token().call());
	}

	@Test
	void authenticateWhenTokenHasNoSubjectThen401() {
		assertInvalid(TestIssuer.token((claims) -> claims.subject(null)));
	}

	private void assertInvalid(String token) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token)).satisfies((ex) -> {
			assertThat(ex.error().status()).isEqualTo(HttpStatus.UNAUTHORIZED);
			assertThat(ex.error().code()).isEqualTo("invalid_admin_token");
			assertThat(ex.error().message()).doesNotContain(token);
		});
	}

	@Test
	void authenticateWhenAccountIsMissingOrOddThen403() {
		for (Object account : new Object[] { null, "", " ", 7, List.of("acme"), "a\nb", "a".repeat(129) }) {
			String token = TestIssuer.token((claims) -> claims.claim("org", account));
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token))
				.satisfies((ex) -> assertThat(ex.error().status()).isEqualTo(HttpStatus.FORBIDDEN));
		}
	}

	@Test
	void authenticateWhenProviderWasNeverReachedThen503() {
		this.issuer.down = true;
		String token = TestIssuer.token((claims) -> {
		});
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(token)).satisfies((ex) -> {
				assertThat(ex.error().status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
				assertThat(ex.retryAfter()).isNotNull();
			});
		}
	}

	private Administrator authenticate(String token) {
		Administrator administrator = this.authenticator.authenticate(token).block(Duration.ofSeconds(20));
		assertThat(administrator).isNotNull();
		return administrator;
	}

}
