package io.memoryrouter.memory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link VaultId}.
 */
class VaultIdTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a/b", "ä", "a\u0000", "a\n" })
	void newWhenNotOfTheFormThenRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new VaultId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new VaultId("a".repeat(65)));
	}

	@Test
	void derivedFromWhenNamesAreTheSameThenOneVaultForGood() {
		VaultId vault = VaultId.derivedFrom("https://id.example", "acme", "sub", "alice");
		assertThat(vault).isEqualTo(VaultId.derivedFrom("https://id.example", "acme", "sub", "alice"));
		assertThat(vault.value()).isEqualTo("derived_SC_q1pqVG-QsNKEU6HD-_2H65gNZHTx158ehR0r8RZA");
		assertThat(vault.isDerived()).isTrue();
		assertThat(new VaultId("vault_alice").isDerived()).isFalse();
	}

	@Test
	void derivedFromWhenNamesDifferInAnyWayThenOtherVaults() {
		List<String[]> names = List.of(names("ab", "c"), names("a", "bc"), names("abc"), names("abc", ""),
				names("", "abc"), names("a", "b", "c"), names("c", "ab"), names("ab", "C"), names("ab", "c "),
				names("ab", "c\u0000"), names("ab", "\u0441"), names("ab", "\u00e9"), names("ab", "e\u0301"),
				names("a\u0000\u0000\u0000\u0001b", "c"), names("ab", "?"), names("ab", "\ufffd"),
				names("ab", "\ud83d\ude00"), names());
		Set<VaultId> vaults = new HashSet<>();
		names.forEach((one) -> vaults.add(VaultId.derivedFrom(one)));
		assertThat(vaults).hasSameSizeAs(names);
	}

	@Test
	void derivedFromWhenANameIsNoUnicodeThenRefused() {
		for (String name : List.of("\ud83d", "\ude00", "a\ud83db")) {
			assertThatIllegalArgumentException().isThrownBy(() -> VaultId.derivedFrom("a", name));
		}
	}

	private static String[] names(String... names) {
		return names;
	}

}
