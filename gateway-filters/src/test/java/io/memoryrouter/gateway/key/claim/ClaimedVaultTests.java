package io.memoryrouter.gateway.key.claim;

import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.JWTClaimsSet;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClaimedVault}: the same user always has the same vault, and no two
 * users ever have.
 */
class ClaimedVaultTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final Instant EXPIRY = NOW.plusSeconds(300);

	private static final VaultClaimSettings SETTINGS = new VaultClaimSettings("https://id.example", "sub", "org");

	@Test
	void ofWhenUserIsNamedThenAKeyThatTellsNothingOfThem() {
		KeyRecord key = key("acme", "alice@example.com");
		assertThat(key.account()).isEqualTo("acme");
		assertThat(key.name()).isEqualTo("jwt:sub");
		assertThat(key.id()).isEqualTo(key.vault().value()).doesNotContain("alice");
		assertThat(key.vault().isDerived()).isTrue();
		assertThat(key.readVaults()).isEmpty();
		assertThat(key.ceiling()).isEqualTo(KeyMode.ON);
		assertThat(key.isValidAt(EXPIRY.plusSeconds(59))).isTrue();
		assertThat(key.isValidAt(EXPIRY.plusSeconds(60))).isFalse();
	}

	@Test
	void ofWhenTheSameUserThenTheSameVaultWhateverElseTheTokenSays() {
		JWTClaimsSet later = claims("acme", "alice").claim("nonce", "x").expirationTime(Date.from(EXPIRY)).build();
		assertThat(ClaimedVault.of(later, SETTINGS, "sub", NOW).vault()).isEqualTo(key("acme", "alice").vault());
	}

	@Test
	void ofWhenNoAccountClaimIsConfiguredThenAllBelongToTheDefault() {
		VaultClaimSettings settings = new VaultClaimSettings("https://id.example", "sub", null);
		assertThat(ClaimedVault.of(claims(null, "alice").build(), settings, "sub", NOW).account()).isEqualTo("default");
	}

	@Test
	void ofWhenAnythingDiffersThenAnotherVault() {
		Set<String> vaults = new HashSet<>();
		List<String> users = List.of("alice", "Alice", "alice ", " alice", "alic", "alicee", "alice\u00a0",
				"alice\u200b", "\u0430lice", "\uff41lice", "al\u0456ce", "alice.", "42", "4", "2", "a,b", "[\"alice\"]",
				"null", "e\u0301", "\u00e9", "a\ud83d\ude00", "a\ud83d\ude01", "a".repeat(1024), "a".repeat(1023),
				"acme", "alice/acme", "acme:alice");
		for (String account : List.of("acme", "Acme", "acme ", "ac", "\u0430cme", "default")) {
			users.forEach((user) -> vaults.add(key(account, user).vault().value()));
		}
		vaults.add(key("acmea", "lice").vault().value());
		VaultClaimSettings other = new VaultClaimSettings("https://id.example/", "sub", "org");
		vaults.add(ClaimedVault.of(claims("acme", "alice").build(), other, "sub", NOW).vault().value());
		JWTClaimsSet email = claims("acme", "x").claim("email", "alice").build();
		vaults.add(ClaimedVault.of(email, SETTINGS, "email", NOW).vault().value());
		assertThat(vaults).hasSize(users.size() * 6 + 3);
	}

	@Test
	void ofWhenNamesRunIntoEachOtherThenOtherVaultsStill() {
		assertThat(key("acme", "xsuby").vault()).isNotEqualTo(key("acmesubx", "y").vault());
	}

	static List<Object> oddNames() {
		return List.of("", " ", "\t", "\u2003", 7, 7.5, true, List.of("alice"), List.of(), Map.of("id", "alice"),
				new Date(), "alice\u0000", "\u0000", "ali\nce", "alice\u0085", "alice\ufffd", "\ud83d", "alice\ude00",
				"a".repeat(1025));
	}

	@ParameterizedTest
	@MethodSource("oddNames")
	void ofWhenUserOrAccountIsOddThen403(Object name) {
		assertForbidden("no_vault", claims("acme", null).claim("sub", name).build());
		assertForbidden("no_account", claims(null, "alice").claim("org", name).build());
	}

	@Test
	void ofWhenUserOrAccountIsMissingThen403() {
		assertForbidden("no_vault", claims("acme", null).build());
		assertForbidden("no_account", claims(null, "alice").build());
		assertForbidden("no_account", claims("a".repeat(129), "alice").build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "iss", "aud", "exp", "nbf", "iat", "jti", "scope", "scp", "org" })
	void settingsWhenClaimCannotTellUsersApartThenRefused(String claim) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new VaultClaimSettings("https://id.example", claim, "org"));
		assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.requireFit(claim));
	}

	private static void assertForbidden(String code, JWTClaimsSet claims) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> ClaimedVault.of(claims, SETTINGS, "sub", NOW))
			.satisfies((ex) -> {
				assertThat(ex.error().status()).isEqualTo(HttpStatus.FORBIDDEN);
				assertThat(ex.error().code()).isEqualTo(code);
				assertThat(ex.error().message()).doesNotContain("alice");
			});
	}

	private static KeyRecord key(String account, String user) {
		return ClaimedVault.of(claims(account, user).build(), SETTINGS, "sub", NOW);
	}

	private static JWTClaimsSet.Builder claims(@Nullable String account, @Nullable String user) {
		return new JWTClaimsSet.Builder().claim("org", account).claim("sub", user).expirationTime(Date.from(EXPIRY));
	}

}
