package io.memoryrouter.keys;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MemoryKey}.
 */
class MemoryKeyTests {

	private static final String SECRET = "mk_0123456789abcdefABCDEF";

	@ParameterizedTest
	@CsvSource({ "'',ON", ":read,READ", ":write,WRITE", ":off,OFF" })
	void parseWhenSuffixIsKnownThenItIsTheModeAndNoPartOfTheKey(String suffix, KeyMode mode) {
		MemoryKey key = MemoryKey.parse(SECRET + suffix);
		assertThat(key.mode()).isEqualTo(mode);
		assertThat(key.reveal()).isEqualTo(SECRET);
		assertThat(key.hash()).isEqualTo(MemoryKey.parse(SECRET).hash());
		assertThat(key.names(MemoryKey.parse(SECRET))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { ":", ":on", ":READ", ":Read", ":read ", " :read", ":read:write", "::read", ":offf", ":of",
			":\u0000" })
	void parseWhenSuffixIsUnknownThenIsRefusedAndNotIgnored(String suffix) {
		assertThatExceptionOfType(MalformedMemoryKeyException.class).isThrownBy(() -> MemoryKey.parse(SECRET + suffix))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789abcdef"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "mk", "mk_", "mk_:read", "mk_0123456789abcde", "mk_0123456789abcde:read",
			"mk_0123456789abcde!", "mk_0123456789abcdef-", "mk_0123456789abcdef_", "mk_0123456789abcdéf",
			"mk_0123456789abcd\u0000f", "mk_0123456789abcdef ", " mk_0123456789abcdef", "MK_0123456789abcdef",
			"mk.0123456789abcdef", "sk_0123456789abcdef", "mk_\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667"
					+ "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667" })
	void parseWhenFormIsWrongThenIsRefused(String token) {
		assertThatExceptionOfType(MalformedMemoryKeyException.class).isThrownBy(() -> MemoryKey.parse(token));
	}

	@Test
	void parseWhenLengthIsAtItsBoundsThenIsAccepted() {
		assertThat(MemoryKey.parse("mk_" + "a".repeat(16)).mode()).isEqualTo(KeyMode.ON);
		assertThat(MemoryKey.parse("mk_" + "a".repeat(64) + ":off").mode()).isEqualTo(KeyMode.OFF);
		assertThatExceptionOfType(MalformedMemoryKeyException.class)
			.isThrownBy(() -> MemoryKey.parse("mk_" + "a".repeat(65)));
	}

	@Test
	void parseWhenSpelledWithAHyphenThenIsTheSameKey() {
		MemoryKey old = MemoryKey.parse("mk-0123456789abcdefABCDEF:read");
		assertThat(old.mode()).isEqualTo(KeyMode.READ);
		assertThat(old.reveal()).isEqualTo(SECRET);
		assertThat(old.hash()).isEqualTo(MemoryKey.parse(SECRET).hash());
	}

	@Test
	void isMeantByWhenTokenBeginsAsKeysDoThenIsTrueHoweverItGoesOn() {
		assertThat(MemoryKey.isMeantBy("mk_")).isTrue();
		assertThat(MemoryKey.isMeantBy("mk-x:y")).isTrue();
		assertThat(MemoryKey.isMeantBy("sk-mk_")).isFalse();
		assertThat(MemoryKey.isMeantBy("")).isFalse();
	}

	@Test
	void hashWhenKeyIsKnownThenIsItsSha256() {
		assertThat(MemoryKey.parse("mk_aaaaaaaaaaaaaaaa").hash())
			.isEqualTo("7a97210650676f0e7e0f3e84ce6e4819ca9c0f6a1372a2c6e794d164e97182af");
	}

	@Test
	void mintWhenManyThenAllAreWellFormedAndDifferent() {
		SecureRandom random = new SecureRandom();
		Set<String> minted = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			MemoryKey key = MemoryKey.mint(random);
			assertThat(key.reveal()).matches("mk_[A-Za-z0-9]{32}");
			assertThat(key.mode()).isEqualTo(KeyMode.ON);
			assertThat(MemoryKey.parse(key.reveal()).hash()).isEqualTo(key.hash());
			minted.add(key.reveal());
		}
		assertThat(minted).hasSize(1_000);
	}

	@Test
	void toStringWhenPrintedThenShowsNoSecret() {
		assertThat(MemoryKey.parse(SECRET + ":read")).hasToString("mk_***");
	}

	@Test
	void narrowedToWhenModesDifferThenAllowsWhatBothAllow() {
		MemoryKey read = MemoryKey.parse(SECRET + ":read");
		assertThat(read.narrowedTo(KeyMode.WRITE).mode()).isEqualTo(KeyMode.OFF);
		assertThat(read.narrowedTo(KeyMode.ON).mode()).isEqualTo(KeyMode.READ);
		assertThat(read.narrowedTo(KeyMode.WRITE).names(read)).isTrue();
	}

	@Test
	void namesWhenKeysDifferThenIsFalse() {
		assertThat(MemoryKey.parse(SECRET).names(MemoryKey.parse(SECRET + "x"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "ON,ON,ON", "ON,READ,READ", "ON,WRITE,WRITE", "ON,OFF,OFF", "READ,WRITE,OFF", "READ,READ,READ",
			"WRITE,WRITE,WRITE", "OFF,WRITE,OFF" })
	void andWhenTwoModesThenIsTheirIntersection(KeyMode one, KeyMode other, KeyMode both) {
		assertThat(one.and(other)).isEqualTo(both);
		assertThat(other.and(one)).isEqualTo(both);
	}

}
