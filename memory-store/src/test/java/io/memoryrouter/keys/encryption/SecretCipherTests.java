package io.memoryrouter.keys.encryption;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretCipher}.
 */
class SecretCipherTests {

	private static final String SECRET = "sk-very-secret";

	private static final Map<String, String> BINDING = Map.of("account", "acme", "provider", "openai");

	private final String first = EncryptionKeys.generate("k1", new SecureRandom());

	private final AtomicReference<EncryptionKeys> keys = new AtomicReference<>(EncryptionKeys.parse(this.first, "set"));

	private final SecretCipher cipher = new SecretCipher(this.keys::get);

	private final SecretCipher.Encrypted encrypted = this.cipher.encrypt(SECRET, BINDING);

	@Test
	void decryptWhenNothingChangedThenIsTheSecret() {
		assertThat(this.cipher.decrypt(this.encrypted.jwe(), BINDING)).isEqualTo(SECRET);
		assertThat(this.encrypted.keyId()).isEqualTo("k1");
		assertThat(this.encrypted.jwe()).doesNotContain(SECRET).matches("[\\w-]+\\.\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+");
		assertThat(this.cipher.encrypt(SECRET, BINDING).jwe()).isNotEqualTo(this.encrypted.jwe());
	}

	@Test
	void decryptWhenItIsAnotherAccountsThenIsRefused() {
		assertRefused(this.encrypted.jwe(), Map.of("account", "other", "provider", "openai"));
	}

	@Test
	void decryptWhenItIsAnotherProvidersThenIsRefused() {
		assertRefused(this.encrypted.jwe(), Map.of("account", "acme", "provider", "anthropic"));
	}

	@Test
	void decryptWhenHeaderIsThatOfAnotherAccountThenIsRefused() {
		Map<String, String> other = Map.of("account", "other", "provider", "openai");
		String theirs = this.cipher.encrypt("sk-theirs", other).jwe();
		String mixed = theirs.substring(0, theirs.indexOf('.'))
				+ this.encrypted.jwe().substring(this.encrypted.jwe().indexOf('.'));
		assertRefused(mixed, other);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4 })
	void decryptWhenAPartWasChangedThenIsRefused(int part) {
		String[] parts = this.encrypted.jwe().split("\\.");
		parts[part] = ((parts[part].charAt(0) != 'A') ? 'A' : 'B') + parts[part].substring(1);
		assertRefused(String.join(".", parts), BINDING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sk-plain", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30." })
	void decryptWhenItIsNoJweThenIsRefused(String jwe) {
		assertRefused(jwe, BINDING);
	}

	@Test
	void decryptWhenKeyIsGoneThenNamesIt() {
		this.keys.set(EncryptionKeys.parse(EncryptionKeys.generate("k2", new SecureRandom()), "set"));
		assertThatExceptionOfType(UndecryptableSecretException.class)
			.isThrownBy(() -> this.cipher.decrypt(this.encrypted.jwe(), BINDING))
			.withMessageContaining("k1");
	}

	@Test
	void decryptWhenAnotherKeyHasTheNameThenIsRefused() {
		this.keys.set(EncryptionKeys.parse(EncryptionKeys.generate("k1", new SecureRandom()), "set"));
		assertRefused(this.encrypted.jwe(), BINDING);
	}

	@Test
	void decryptWhenKeysWereRotatedThenBothDecrypt() {
		String second = EncryptionKeys.generate("k2", new SecureRandom());
		this.keys.set(EncryptionKeys.parse(rotated(this.first, second), "set"));
		SecretCipher.Encrypted anew = this.cipher.encrypt(SECRET, BINDING);
		assertThat(anew.keyId()).isEqualTo("k2");
		assertThat(this.cipher.decrypt(anew.jwe(), BINDING)).isEqualTo(SECRET);
		assertThat(this.cipher.decrypt(this.encrypted.jwe(), BINDING)).isEqualTo(SECRET);
	}

	@Test
	void decryptWhenKeyIsNewToThisProcessThenSetIsReadAnew() {
		EncryptionKeys known = this.keys.get();
		AtomicReference<EncryptionKeys> late = new AtomicReference<>(EncryptionKeys.none());
		EncryptionKeySource source = new EncryptionKeySource() {

			@Override
			public EncryptionKeys keys() {
				return late.get();
			}

			@Override
			public void refresh() {
				late.set(known);
			}

		};
		assertThat(new SecretCipher(source).decrypt(this.encrypted.jwe(), BINDING)).isEqualTo(SECRET);
	}

	@Test
	void encryptWhenThereIsNoKeyThenIsRefused() {
		this.keys.set(EncryptionKeys.none());
		assertThatExceptionOfType(MissingEncryptionKeysException.class)
			.isThrownBy(() -> this.cipher.encrypt(SECRET, BINDING));
	}

	private void assertRefused(String jwe, Map<String, String> binding) {
		assertThatExceptionOfType(UndecryptableSecretException.class)
			.isThrownBy(() -> this.cipher.decrypt(jwe, binding))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET));
	}

	private static String rotated(String old, String added) {
		return added.strip().replace("]}", "," + old.strip().substring("{\"keys\":[".length()));
	}

}
