package io.memoryrouter.keys.provider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProviderKey}.
 */
class ProviderKeyTests {

	@ParameterizedTest
	@CsvSource({ "sk-0123456789abcd, abcd", "123456789012, 9012", "12345678901, 901", "12345678, 78", "12, ''" })
	void endingWhenKeyIsShortThenShowsLess(String secret, String ending) {
		assertThat(new ProviderKey(secret).ending()).isEqualTo(ending);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "with space", "t\u00e4st", "mk_AliceAliceAlice01", "mk-AliceAliceAlice01", "line\n" })
	void isWellFormedWhenItCannotBeAProvidersThenFalse(String secret) {
		assertThat(ProviderKey.isWellFormed(secret)).isFalse();
	}

	@Test
	void isWellFormedWhenItIsPrintableThenTrue() {
		assertThat(ProviderKey.isWellFormed("sk-proj-~!@#_09")).isTrue();
	}

	@Test
	void toStringThenIsMasked() {
		assertThat(new ProviderKey("sk-secret")).hasToString("***").isEqualTo(new ProviderKey("sk-secret"));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProviderKey(" "));
	}

}
