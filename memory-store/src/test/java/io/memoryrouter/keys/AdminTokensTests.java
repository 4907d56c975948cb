package io.memoryrouter.keys;

import java.security.SecureRandom;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AdminToken} and {@link AdminTokens}.
 */
class AdminTokensTests {

	private static final String SECRET = "0123456789abcdef";

	@Test
	void ofWhenTooShortThenSaysWhatToDoAndNotWhatWasGiven() {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminToken.of("0123456789abcde"))
			.withMessageContaining("16 characters")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789"));
		assertThatIllegalArgumentException().isThrownBy(() -> AdminToken.of(" ".repeat(20)));
	}

	@Test
	void acceptsWhenTokenIsTheOneThenAndOnlyThen() {
		AdminTokens tokens = AdminTokens.accepting(AdminToken.of(SECRET));
		assertThat(tokens.accepts(SECRET)).isTrue();
		assertThat(tokens.accepts(SECRET + " ")).isFalse();
		assertThat(tokens.accepts(SECRET.toUpperCase(Locale.ROOT))).isFalse();
		assertThat(tokens.accepts("")).isFalse();
		assertThat(tokens.accepts(AdminToken.of(SECRET).hash())).isFalse();
		assertThat(AdminTokens.acceptingHash(AdminToken.of(SECRET).hash()).accepts(SECRET)).isTrue();
	}

	@Test
	void acceptsWhenNoneIsConfiguredThenNever() {
		assertThat(AdminTokens.none().isEnabled()).isFalse();
		assertThat(AdminTokens.none().accepts("")).isFalse();
		assertThat(AdminTokens.none().accepts("null")).isFalse();
	}

	@Test
	void mintWhenCalledThenIsLongAndRandomAndMasked() {
		AdminToken token = AdminToken.mint(new SecureRandom());
		assertThat(token.reveal()).matches("mra_[A-Za-z0-9]{43}");
		assertThat(token.reveal()).isNotEqualTo(AdminToken.mint(new SecureRandom()).reveal());
		assertThat(token.toString() + AdminTokens.accepting(token)).doesNotContain(token.reveal().substring(4));
	}

}
