package io.memoryrouter.keys.encryption;

import java.security.SecureRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EncryptionKeys}.
 */
class EncryptionKeysTests {

	private static final String K = "zQxJ1l8o5Rk2m7Vw3sYbT0cNfHgUeDpA4iLrXtCy6Zs";

	@Test
	void parseWhenSetIsGoodThenFirstKeyEncrypts() {
		EncryptionKeys keys = EncryptionKeys.parse("""
				{"keys":[{"kty":"oct","kid":"new","k":"%s"},{"kty":"oct","kid":"old","k":"%s"}]}""".formatted(K, K),
				"the set");
		assertThat(keys.currentId()).isEqualTo("new");
		assertThat(keys.ids()).containsExactly("new", "old");
		assertThat(keys.toString()).doesNotContain(K);
	}

	@Test
	void parseWhenKeyHasNoNameThenItsThumbprintNamesIt() {
		EncryptionKeys keys = EncryptionKeys.parse("{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + K + "\"}]}", "the set");
		assertThat(keys.currentId()).hasSize(43).isNotEqualTo(K);
	}

	@Test
	void generateThenIsASetOfOneKey() {
		String set = EncryptionKeys.generate("made", new SecureRandom());
		assertThat(EncryptionKeys.parse(set, "the set").ids()).containsExactly("made");
		assertThat(EncryptionKeys.generate("made", new SecureRandom())).isNotEqualTo(set);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			value = { "nothing | is no JWK set", "[] | is no JWK set", "{} | is no JWK set",
					"{\"keys\":7} | is no JWK set", "{\"keys\":[]} | has to hold 1 to 100 keys",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\"}]} | is no JWK set",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"" + K + K + "\"}]} | 256 bits",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2hvcnQ\"}]} | 256 bits",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"use\":\"sig\",\"k\":\"" + K + "\"}]} | signatures",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"\",\"k\":\"" + K + "\"}]} | 'kid'",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"" + K
							+ "\"},{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"" + K + "\"}]} | two keys" })
	void parseWhenSetIsBadThenSaysWhyInOneLineWithoutTheKey(String set, String reason) {
		assertThatExceptionOfType(InvalidEncryptionKeysException.class)
			.isThrownBy(() -> EncryptionKeys.parse(set, "the property"))
			.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("the property ")
				.contains(reason)
				.doesNotContain(K, "c2hvcnQ", "nothing", "\n"))
			.withNoCause();
	}

	@Test
	void currentIdWhenThereAreNoKeysThenSaysWhatToSet() {
		assertThatExceptionOfType(MissingEncryptionKeysException.class)
			.isThrownBy(() -> EncryptionKeys.none().currentId())
			.withMessageContaining("memoryrouter.encryption.jwkset");
	}

}
