package io.memoryrouter.keys.provider;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.memoryrouter.keys.KeyStoreUnavailableException;
import io.memoryrouter.keys.embedded.EmbeddedProviderKeyRepository;
import io.memoryrouter.keys.encryption.EncryptionKeys;
import io.memoryrouter.keys.encryption.MissingEncryptionKeysException;
import io.memoryrouter.keys.encryption.SecretCipher;
import io.memoryrouter.keys.encryption.UndecryptableSecretException;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EncryptedProviderKeyService} and {@link EncryptionKeyRotation} on the
 * embedded store.
 */
class EncryptedProviderKeyServiceTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

	private static final ProviderKey KEY = new ProviderKey("sk-stored-secret-1234");

	private static final ProviderKey OTHER = new ProviderKey("sk-another-secret-5678");

	private final String first = EncryptionKeys.generate("k1", new SecureRandom());

	private final String second = EncryptionKeys.generate("k2", new SecureRandom());

	private final AtomicReference<EncryptionKeys> keys = new AtomicReference<>(EncryptionKeys.parse(this.first, "set"));

	private final AtomicLong nanos = new AtomicLong();

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedProviderKeyRepository repository;

	private ProviderKeyService service;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.repository = new EmbeddedProviderKeyRepository(this.database);
		this.service = new EncryptedProviderKeyService(this.repository, this.keys::get,
				Clock.fixed(NOW, ZoneOffset.UTC), this.nanos::get);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private StoredProviderKey put(String account, String provider, ProviderKey key) {
		return this.service.put(account, provider, key).block(LIMIT);
	}

	private ProviderKey use(String account, String provider) {
		return this.service.use(account, provider).block(LIMIT);
	}

	@Test
	void putThenKeyIsUsableDescribedListedAndStillThereAfterARestart() {
		StoredProviderKey described = new StoredProviderKey("openai", "1234", NOW);
		assertThat(put("acme", "openai", KEY)).isEqualTo(described);
		put("acme", "anthropic", OTHER);
		close();
		open();
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		assertThat(this.service.describe("acme", "openai").block(LIMIT)).isEqualTo(described);
		assertThat(this.service.list("acme").collectList().block(LIMIT))
			.containsExactly(new StoredProviderKey("anthropic", "5678", NOW), described);
	}

	@Test
	void callsWhenAccountIsAnotherThenThereIsNothing() {
		put("acme", "openai", KEY);
		assertThat(use("other", "openai")).isNull();
		assertThat(use("acme", "anthropic")).isNull();
		assertThat(this.service.describe("other", "openai").block(LIMIT)).isNull();
		assertThat(this.service.list("other").collectList().block(LIMIT)).isEmpty();
		assertThat(this.service.delete("other", "openai").block(LIMIT)).isFalse();
		assertThat(use("acme", "openai")).isEqualTo(KEY);
	}

	@Test
	void putWhenKeyOrItsAbsenceIsCachedThenNewOneIsUsedAtOnce() {
		assertThat(use("acme", "openai")).isNull();
		put("acme", "openai", KEY);
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		put("acme", "openai", OTHER);
		assertThat(use("acme", "openai")).isEqualTo(OTHER);
		assertThat(this.service.delete("acme", "openai").block(LIMIT)).isTrue();
		assertThat(use("acme", "openai")).isNull();
		assertThat(this.service.delete("acme", "openai").block(LIMIT)).isFalse();
	}

	@Test
	void useWhenAnotherProcessStoredAKeyThenItIsSeenWhenTheCacheExpires() {
		assertThat(use("acme", "openai")).isNull();
		new EncryptedProviderKeyService(this.repository, this.keys::get).put("acme", "openai", KEY).block(LIMIT);
		assertThat(use("acme", "openai")).isNull();
		this.nanos.addAndGet(EncryptedProviderKeyService.TIME_TO_LIVE.toNanos());
		assertThat(use("acme", "openai")).isEqualTo(KEY);
	}

	@Test
	void useWhenCiphertextWasCopiedToAnotherAccountThenDoesNotDecrypt() {
		put("acme", "openai", KEY);
		SealedProviderKey sealed = this.repository.find("acme", "openai").block(LIMIT);
		this.repository.put(new SealedProviderKey("thief", "openai", sealed.jwe(), "k1", "1234", NOW)).block(LIMIT);
		this.repository.put(new SealedProviderKey("acme", "evil", sealed.jwe(), "k1", "1234", NOW)).block(LIMIT);
		assertThatExceptionOfType(UndecryptableSecretException.class).isThrownBy(() -> use("thief", "openai"));
		assertThatExceptionOfType(UndecryptableSecretException.class).isThrownBy(() -> use("acme", "evil"));
	}

	@Test
	void putWhenThereIsNoEncryptionKeyThenIsRefusedAndNothingIsStored() {
		this.keys.set(EncryptionKeys.none());
		assertThatExceptionOfType(MissingEncryptionKeysException.class).isThrownBy(() -> put("acme", "openai", KEY));
		assertThat(this.service.list("acme").collectList().block(LIMIT)).isEmpty();
	}

	@Test
	void callsWhenDatabaseIsClosedThenKeysAreUnavailableAndOnlyFoundOnesGoOn() {
		put("acme", "openai", KEY);
		use("acme", "openai");
		close();
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> use("other", "openai"));
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> put("acme", "xai", KEY));
		assertThatExceptionOfType(KeyStoreUnavailableException.class)
			.isThrownBy(() -> this.service.delete("acme", "openai").block(LIMIT));
	}

	@Test
	void useWhenDatabaseIsClosedForLongThenFoundKeysGoOnForAWhile() {
		put("acme", "openai", KEY);
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		assertThat(use("acme", "xai")).isNull();
		close();
		this.nanos.addAndGet(EncryptedProviderKeyService.GRACE.toNanos());
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		assertThat(use("acme", "xai")).isNull();
		this.nanos.addAndGet(EncryptedProviderKeyService.TIME_TO_LIVE.toNanos());
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> use("acme", "openai"));
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> use("acme", "xai"));
	}

	@Test
	void changesThenNoFileHasWhatWasThereBefore() throws Exception {
		put("acme", "openai", KEY);
		String replaced = ciphertext("acme", "openai");
		put("acme", "openai", OTHER);
		assertThat(filesHold(replaced)).isFalse();
		String deleted = ciphertext("acme", "openai");
		assertThat(filesHold(deleted)).isTrue();
		this.service.delete("acme", "openai").block(LIMIT);
		assertThat(filesHold(deleted)).isFalse();
	}

	private String ciphertext(String account, String provider) {
		return this.repository.find(account, provider).block(LIMIT).jwe().split("\\.")[3];
	}

	private boolean filesHold(String text) throws Exception {
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
					return true;
				}
			}
			return false;
		}
	}

	@Test
	void rotateWhenSeveralProcessesDoItAtOnceThenEveryKeyIsMovedOnce() throws Exception {
		int accounts = EncryptionKeyRotation.BATCH + 20;
		for (int i = 0; i < accounts; i++) {
			put("account" + i, "openai", new ProviderKey("sk-secret-number-" + i));
		}
		this.keys.set(rotated());
		try (EncryptionKeyRotation one = new EncryptionKeyRotation(this.keys::get, this.repository);
				EncryptionKeyRotation other = new EncryptionKeyRotation(this.keys::get, this.repository)) {
			CompletableFuture.allOf(CompletableFuture.runAsync(one::run), CompletableFuture.runAsync(other::run))
				.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(one.usage().block(LIMIT)).containsExactly(new EncryptionKeyUsage("k2", true, true, accounts),
					new EncryptionKeyUsage("k1", false, true, 0));
		}
		readAll(accounts, new AtomicBoolean(true));
	}

	@Test
	void rotateWhenProcessStoppedOnTheWayThenTheNextFinishes() {
		put("acme", "anthropic", OTHER);
		put("acme", "openai", KEY);
		SealedProviderKey old = this.repository.find("acme", "anthropic").block(LIMIT);
		this.keys.set(rotated());
		SealedProviderKey anew = new ProviderKeySealer(new SecretCipher(this.keys::get)).sealAnew(old);
		assertThat(this.repository.replace(old, anew).block(LIMIT)).isTrue();
		close();
		open();
		try (EncryptionKeyRotation next = new EncryptionKeyRotation(this.keys::get, this.repository)) {
			next.run();
			assertThat(next.usage().block(LIMIT)).containsExactly(new EncryptionKeyUsage("k2", true, true, 2),
					new EncryptionKeyUsage("k1", false, true, 0));
		}
		this.keys.set(EncryptionKeys.parse(this.second, "set"));
		assertThat(use("acme", "openai")).isEqualTo(KEY);
		assertThat(use("acme", "anthropic")).isEqualTo(OTHER);
	}

	@Test
	void putThenNoFileHasTheKey() throws Exception {
		put("acme", "openai", KEY);
		assertThat(filesHold(KEY.reveal())).isFalse();
		close();
		assertThat(filesHold(KEY.reveal())).isFalse();
	}

	@Test
	void rotateWhenKeysAreReadMeanwhileThenEveryReadSucceedsAndTheOldKeyBecomesRemovable() throws Exception {
		int accounts = EncryptionKeyRotation.BATCH + 20;
		for (int i = 0; i < accounts; i++) {
			put("account" + i, "openai", new ProviderKey("sk-secret-number-" + i));
		}
		try (EncryptionKeyRotation rotation = new EncryptionKeyRotation(this.keys::get, this.repository)) {
			this.keys.set(rotated());
			assertThat(rotation.usage().block(LIMIT)).containsExactly(new EncryptionKeyUsage("k2", true, true, 0),
					new EncryptionKeyUsage("k1", false, true, accounts));
			List<Throwable> failures = new ArrayList<>();
			AtomicBoolean done = new AtomicBoolean();
			Thread reader = new Thread(() -> readAll(accounts, done), "reader");
			reader.setUncaughtExceptionHandler((thread, ex) -> failures.add(ex));
			reader.start();
			rotation.run();
			done.set(true);
			reader.join(LIMIT.toMillis());
			assertThat(failures).isEmpty();
			assertThat(rotation.usage().block(LIMIT)).containsExactly(
					new EncryptionKeyUsage("k2", true, true, accounts), new EncryptionKeyUsage("k1", false, true, 0));
			assertThat(rotation.usage().block(LIMIT).get(1).isRemovable()).isTrue();
		}
		this.keys.set(EncryptionKeys.parse(this.second, "set"));
		readAll(accounts, new AtomicBoolean(true));
		assertThat(this.service.describe("account0", "openai").block(LIMIT).updatedAt()).isEqualTo(NOW);
	}

	/** Each pass has a service of its own, so that none is answered from a cache. */
	private void readAll(int accounts, AtomicBoolean done) {
		do {
			ProviderKeyService fresh = new EncryptedProviderKeyService(this.repository, this.keys::get);
			for (int i = 0; i < accounts; i++) {
				assertThat(fresh.use("account" + i, "openai").block(LIMIT))
					.isEqualTo(new ProviderKey("sk-secret-number-" + i));
			}
		}
		while (!done.get());
	}

	@Test
	void rotateWhenAKeyIsStoredMeanwhileThenTheOlderOneDoesNotComeBack() {
		put("acme", "openai", KEY);
		SealedProviderKey old = this.repository.find("acme", "openai").block(LIMIT);
		put("acme", "openai", OTHER);
		assertThat(this.repository.replace(old, old).block(LIMIT)).isFalse();
		assertThat(use("acme", "openai")).isEqualTo(OTHER);
	}

	@Test
	void rotateWhenAKeyDoesNotDecryptThenTheOthersAreMovedAndItIsCounted() {
		put("acme", "openai", KEY);
		this.repository.put(new SealedProviderKey("aaaa", "openai", "damaged", "lost", "1234", NOW)).block(LIMIT);
		this.keys.set(rotated());
		try (EncryptionKeyRotation rotation = new EncryptionKeyRotation(this.keys::get, this.repository)) {
			rotation.run();
			assertThat(rotation.usage().block(LIMIT)).containsExactly(new EncryptionKeyUsage("k2", true, true, 1),
					new EncryptionKeyUsage("k1", false, true, 0), new EncryptionKeyUsage("lost", false, false, 1));
		}
		assertThat(use("acme", "openai")).isEqualTo(KEY);
	}

	private EncryptionKeys rotated() {
		return EncryptionKeys.parse(
				this.second.strip().replace("]}", "," + this.first.strip().substring("{\"keys\":[".length())), "set");
	}

}
