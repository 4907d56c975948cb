package io.memoryrouter.gateway.key.claim;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.jwk.JWKSet;
import io.memoryrouter.gateway.jwt.JwtVerifier;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.testing.TestClock;
import io.memoryrouter.gateway.testing.TestIssuer;
import io.memoryrouter.keys.KeyMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link VaultClaims} and {@link UserTokenAuthenticator}: which token lets whom
 * in, for how long, and what is left of it in a request.
 */
class VaultClaimsTests {

	private final TestIssuer issuer = new TestIssuer();

	private final TestClock clock = new TestClock(Instant.now());

	private final VaultClaims claims = new VaultClaims(new JwtVerifier(TestIssuer.SETTINGS, Set.of(), this.issuer),
			new VaultClaimSettings(TestIssuer.SETTINGS.issuer(), "sub", "org"), this.clock, this.clock::nanos);

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer %s", "authorization, bearer %s", "x-api-key, %s", "x-goog-api-key, %s",
			"api-key, %s" })
	void authenticateWhenTokenStandsWhereAMemoryKeyMayThenItsBearer(String header, String value) {
		assertThat(authenticate(get(header, value.formatted(TestIssuer.token()))).key().account()).isEqualTo("acme");
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer sk-alice", "Authorization, Basic YTpi", "Authorization, DPoP %s",
			"X-Memory-Key, %s", "X-Access-Token, %s" })
	void authenticateWhenItIsNoTokenThenEmpty(String header, String value) {
		ServerHttpRequest request = get(header, value.formatted(TestIssuer.token()));
		assertThat(authenticator().authenticate(request).blockOptional()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.memoryrouter.gateway.testing.TestIssuer#attacks")
	void authenticateWhenTokenIsForgedThen401(TestIssuer.Attack attack) throws Exception {
		String token = attack.token().call();
		assertThat(refused(get("Authorization", "Bearer " + token))).isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(UserTokens.strip(get("Authorization", "Bearer " + token)).getHeaders().isEmpty()).isTrue();
	}

	@Test
	void authenticateWhenTokenIsAlsoTheProvidersKeyThen401() {
		String token = TestIssuer.token();
		assertThat(refused(get("Authorization", "Bearer " + token, "X-Provider-Key", token)))
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void authenticateWhenTwoTokensThen400AndOneTwiceIsOne() {
		String token = TestIssuer.token();
		assertThat(authenticate(get("Authorization", "Bearer " + token, "x-api-key", token))).isNotNull();
		assertThat(refused(get("Authorization", "Bearer " + token, "x-api-key",
				TestIssuer.token((claims) -> claims.subject("bob")))))
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@ParameterizedTest
	@CsvSource({ "on, ON", "read, READ", "write, WRITE", "off, OFF", "dry-run, READ" })
	void authenticateWhenHeaderNamesAModeThenThatIsAllowed(String mode, KeyMode allowed) {
		ServerHttpRequest request = get("Authorization", "Bearer " + TestIssuer.token(), "X-Memory-Mode", mode);
		assertThat(authenticate(request).allowed()).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "READ", "maybe", ":read", "on,off" })
	void authenticateWhenModeCannotBeReadThen400(String mode) {
		assertThat(refused(get("Authorization", "Bearer " + TestIssuer.token(), "X-Memory-Mode", mode)))
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void authenticateWhenTokenWasAcceptedThenBelievedForAWhileAndNotBeyondItsEnd() {
		ServerHttpRequest request = get("Authorization", "Bearer " + TestIssuer.token());
		authenticate(request);
		this.issuer.keys = new JWKSet();
		for (int i = 0; i < 3; i++) {
			authenticate(request);
		}
		assertThat(this.issuer.fetches).hasValue(1);
		this.clock.advance(VaultClaims.TIME_TO_LIVE.plusMillis(1));
		authenticate(request);
	}

	@Test
	void authenticateWhenTokenExpiresWhileItIsBelievedThenCheckedAgain() {
		ServerHttpRequest request = get("Authorization",
				"Bearer " + TestIssuer.token((claims) -> claims.expirationTime(TestIssuer.in(-55))));
		KeyContext accepted = authenticate(request);
		assertThat(authenticate(request).key()).isSameAs(accepted.key());
		this.clock.advance(Duration.ofSeconds(6));
		// The verifier has the system's clock: a fresh look makes a new record.
		assertThat(authenticate(request).key()).isNotSameAs(accepted.key());
	}

	@Test
	void authenticateWhenClaimsDifferThenVaultsDoToo() {
		String token = TestIssuer.token((claims) -> claims.claim("email", "alice"));
		ServerHttpRequest request = get("Authorization", "Bearer " + token);
		UserTokenAuthenticator byEmail = this.claims.on("email");
		assertThat(byEmail).isNotNull();
		KeyContext other = byEmail.authenticate(request).block();
		assertThat(other).isNotNull();
		assertThat(other.key().vault()).isNotEqualTo(authenticate(request).key().vault());
	}

	@Test
	void authenticateWhenProviderWasNeverReachedThen503() {
		this.issuer.down = true;
		for (int i = 0; i < 5; i++) {
			assertThat(refused(get("Authorization", "Bearer " + TestIssuer.token())))
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		}
	}

	@Test
	void onWhenThereIsNoClaimThenTokensDoNotCountAndAnUnfitOneIsRefused() {
		VaultClaims routesOnly = new VaultClaims(new JwtVerifier(TestIssuer.SETTINGS, Set.of(), this.issuer),
				new VaultClaimSettings(TestIssuer.SETTINGS.issuer(), null, null));
		assertThat(routesOnly.on(null)).isNull();
		assertThat(routesOnly.on("sub")).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> routesOnly.on("iss"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.claims.on("org"));
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer %s", "Authorization, DPoP %s", "Authorization, %s",
			"Authorization, 'Bearer sk-a, Bearer %s'", "Authorization, 'Token token=\"%s\"'", "x-api-key, %s",
			"x-goog-api-key, ' %s'", "api-key, 'a %s'" })
	void stripWhenATokenIsInAPlaceOfKeysThenItIsGone(String header, String value) {
		ServerHttpRequest stripped = UserTokens
			.strip(get(header, value.formatted(TestIssuer.token()), "X-Other", "stays"));
		assertThat(stripped.getHeaders().toSingleValueMap()).containsOnlyKeys("X-Other");
	}

	@Test
	void stripWhenATokenIsInTheQueryThenTheRestStays() {
		ServerHttpRequest request = MockServerHttpRequest
			.method(HttpMethod.GET, URI.create("/v1/models?a=%20&key=" + TestIssuer.token() + "&key=AIza"))
			.build();
		assertThat(UserTokens.strip(request).getURI().getRawQuery()).isEqualTo("a=%20&key=AIza");
	}

	@Test
	void stripWhenThereIsNoTokenThenTheSameRequest() {
		ServerHttpRequest request = get("Authorization", "Bearer sk-alice.x", "x-api-key", "sk-ant-a.b.c");
		assertThat(UserTokens.strip(request)).isSameAs(request);
	}

	private UserTokenAuthenticator authenticator() {
		UserTokenAuthenticator authenticator = this.claims.on(null);
		assertThat(authenticator).isNotNull();
		return authenticator;
	}

	private KeyContext authenticate(ServerHttpRequest request) {
		KeyContext context = authenticator().authenticate(request).block(Duration.ofSeconds(20));
		assertThat(context).isNotNull();
		return context;
	}

	private @Nullable HttpStatus refused(ServerHttpRequest request) {
		AtomicReference<HttpStatus> status = new AtomicReference<>();
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> authenticate(request))
			.satisfies((ex) -> status.set(ex.error().status()));
		return status.get();
	}

	private static ServerHttpRequest get(String... headers) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/v1/models");
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return request.build();
	}

}
