package io.memoryrouter.keys.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyPage;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmbeddedKeyRepository}.
 */
class EmbeddedKeyRepositoryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void findByHashWhenCreatedThenIsAsItWasAlsoAfterARestart() {
		KeyRecord full = new KeyRecord("key_1", "acme", "it's \"mine\" \uD83D\uDE00", new VaultId("vault_a"), List.of(),
				KeyMode.READ, NOW, NOW.plusSeconds(1), NOW.plusSeconds(2));
		KeyRecord bare = new KeyRecord("key_2", "acme", "second", new VaultId("vault_a"), List.of(), KeyMode.ON, NOW,
				null, null);
		create(full, "hash 1");
		create(bare, "hash 2");
		close();
		open();
		assertThat(find("hash 1")).isEqualTo(full);
		assertThat(find("hash 2")).isEqualTo(bare);
		assertThat(find("hash 3")).isNull();
	}

	@Test
	void createWhenVaultIsAnotherAccountsThenIsRefused() {
		create(key("key_1", "acme", "vault_a"), "hash 1");
		assertThatIllegalArgumentException().isThrownBy(() -> create(key("key_2", "other", "vault_a"), "hash 2"))
			.withMessageContaining("another account");
		assertThat(find("hash 2")).isNull();
		create(key("key_3", "other", "vault_b"), "hash 3");
		assertThatIllegalArgumentException().isThrownBy(() -> create(key("key_4", "acme", "vault_b"), "hash 4"));
	}

	@Test
	void createWhenHashExistsThenFailsAndClaimsNoVault() {
		create(key("key_1", "acme", "vault_a"), "hash 1");
		assertThatExceptionOfType(KeyStoreUnavailableException.class)
			.isThrownBy(() -> create(key("key_2", "acme", "vault_b"), "hash 1"));
		create(key("key_3", "other", "vault_b"), "hash 3");
	}

	@Test
	void callsWhenDatabaseIsClosedThenKeysAreUnavailable() {
		this.database.close();
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> find("hash"));
		assertThatExceptionOfType(KeyStoreUnavailableException.class)
			.isThrownBy(() -> create(key("key_1", "acme", "vault_a"), "hash"));
	}

	@Test
	void listWhenCursorIsAnotherAccountsOrAlteredThenIsRefused() {
		create(key("key_1", "acme", "vault_a"), "hash 1");
		create(key("key_2", "acme", "vault_a"), "hash 2");
		String cursor = list("acme", null).nextCursor();
		assertThat(cursor).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> list("other", cursor));
		for (int i = 0; i < cursor.length(); i++) {
			char other = (cursor.charAt(i) != 'A') ? 'A' : 'B';
			String altered = cursor.substring(0, i) + other + cursor.substring(i + 1);
			assertThatIllegalArgumentException().isThrownBy(() -> list("acme", altered));
		}
		close();
		open();
		assertThat(list("acme", cursor).keys()).extracting(KeyRecord::id).containsExactly("key_1");
	}

	private KeyPage list(String account, @Nullable String cursor) {
		return new EmbeddedKeyRepository(this.database).list(account, cursor, 1).block(TIMEOUT);
	}

	private KeyRecord find(String hash) {
		return new EmbeddedKeyRepository(this.database).findByHash(hash).block(TIMEOUT);
	}

	private void create(KeyRecord key, String hash) {
		new EmbeddedKeyRepository(this.database).create(key, hash).block(TIMEOUT);
	}

	private static KeyRecord key(String id, String account, String vault) {
		return new KeyRecord(id, account, "name", new VaultId(vault), List.of(), KeyMode.ON, NOW, null, null);
	}

}
