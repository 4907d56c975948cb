package io.memoryrouter.keys;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import io.memoryrouter.keys.MemoryKeyManager.KeyRequest;
import io.memoryrouter.keys.MemoryKeyManager.Rotation;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link StoredMemoryKeyManager}, on the embedded store.
 */
class StoredMemoryKeyManagerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

	private final List<String> changed = new ArrayList<>();

	@TempDir
	private Path folder;

	private EmbeddedDatabase database;

	private EmbeddedKeyRepository repository;

	private StoredMemoryKeyManager manager;

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.repository = new EmbeddedKeyRepository(this.database);
		this.manager = new StoredMemoryKeyManager(this.repository, this.changed::add, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void issueWhenNoVaultIsNamedThenEachKeyGetsItsOwn() {
		IssuedKey one = issue("acme", null);
		IssuedKey two = issue("acme", null);
		assertThat(one.record().vault().value()).matches("vault_[0-9a-f]{32}")
			.isNotEqualTo(two.record().vault().value());
		assertThat(one.record().id()).matches("key_[0-9a-f]{32}").isNotEqualTo(two.record().id());
		assertThat(one.record().createdAt()).isEqualTo(NOW);
		assertThat(one.toString()).doesNotContain(one.key().reveal());
		assertThat(stored(one)).isEqualTo(one.record());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "201" })
	void issueAndChangeWhenNameIsBlankOrTooLongThenIsRefused(String name) {
		String text = name.equals("201") ? "n".repeat(201) : name;
		IssuedKey issued = issue("acme", null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.issue(new KeyRequest("acme", text, null, List.of(), KeyMode.ON, null))
				.block(TIMEOUT));
		assertThatIllegalArgumentException().isThrownBy(() -> change(issued, new KeyChange(text, null, null, null)));
		assertThat(stored(issued)).isEqualTo(issued.record());
	}

	@Test
	void issueWhenReadVaultIsNotTheAccountsThenIsRefusedWhetherItExistsOrNot() {
		VaultId theirs = issue("other", null).record().vault();
		VaultId team = issue("acme", null).record().vault();
		for (VaultId vault : List.of(theirs, new VaultId("nobodys"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> issue("acme", null, team, vault))
				.withMessage("'" + vault.value() + "' is no vault of this account");
		}
		IssuedKey reader = issue("acme", null, team);
		assertThat(stored(reader)).isEqualTo(reader.record());
		assertThat(reader.record().readVaults()).containsExactly(team);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> change(reader, new KeyChange(null, null, List.of(theirs), null)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> change(reader, new KeyChange(null, null, List.of(reader.record().vault()), null)));
		assertThat(stored(reader)).isEqualTo(reader.record());
	}

	@Test
	void changeThenWhatIsNamedIsDifferentAndTheRestIsNot() {
		IssuedKey issued = issue("acme", null);
		KeyRecord renamed = change(issued, new KeyChange("new", KeyMode.READ, null, null));
		assertThat(renamed).isEqualTo(stored(issued));
		assertThat(renamed.name()).isEqualTo("new");
		assertThat(renamed.ceiling()).isEqualTo(KeyMode.READ);
		Instant end = NOW.plusSeconds(60);
		assertThat(change(issued, new KeyChange(null, null, null, new KeyChange.Expiry(end))).expiresAt())
			.isEqualTo(end);
		KeyRecord endless = change(issued, new KeyChange(null, null, null, new KeyChange.Expiry(null)));
		assertThat(endless.expiresAt()).isNull();
		assertThat(endless.name()).isEqualTo("new");
		assertThat(this.changed).hasSize(3).containsOnly(issued.record().id());
	}

	@Test
	void callsWhenKeyIsAnotherAccountsThenItIsAbsent() {
		String id = issue("acme", null).record().id();
		assertThat(this.manager.find("other", id).block(TIMEOUT)).isNull();
		assertThat(this.manager.revoke("other", id).block(TIMEOUT)).isNull();
		assertThat(this.manager.rotate("other", id, Duration.ZERO).block(TIMEOUT)).isNull();
		assertThat(this.manager.change("other", id, new KeyChange("x", null, null, null)).block(TIMEOUT)).isNull();
		assertThat(this.manager.list("other", null, 10).block(TIMEOUT).keys()).isEmpty();
		assertThat(this.manager.find("acme", id).block(TIMEOUT).revokedAt()).isNull();
		assertThat(this.changed).isEmpty();
	}

	@Test
	void revokeThenIsRefusedForGoodAndToldOfEachTime() {
		IssuedKey issued = issue("acme", null);
		KeyRecord revoked = this.manager.revoke("acme", issued.record().id()).block(TIMEOUT);
		assertThat(revoked.revokedAt()).isEqualTo(NOW);
		assertThat(revoked.isValidAt(NOW)).isFalse();
		assertThat(this.manager.revoke("acme", issued.record().id()).block(TIMEOUT)).isEqualTo(revoked);
		assertThat(this.changed).containsExactly(issued.record().id(), issued.record().id());
	}

	@Test
	void rotateThenNewKeyHasTheVaultAndOldOneEnds() {
		VaultId team = issue("acme", null).record().vault();
		IssuedKey issued = issue("acme", NOW.plus(Duration.ofDays(30)), team);
		Rotation rotation = rotate(issued, Duration.ofHours(24));
		KeyRecord successor = rotation.issued().record();
		assertThat(successor).usingRecursiveComparison().ignoringFields("id").isEqualTo(issued.record());
		assertThat(stored(rotation.issued())).isEqualTo(successor);
		assertThat(rotation.old()).isEqualTo(stored(issued));
		assertThat(rotation.old().expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
		assertThat(this.changed).containsExactly(issued.record().id());
	}

	@Test
	void rotateWhenOldKeyEndsBeforeTheGraceThenItDoes() {
		IssuedKey issued = issue("acme", NOW.plusSeconds(5));
		assertThat(rotate(issued, Duration.ofHours(1)).old().expiresAt()).isEqualTo(NOW.plusSeconds(5));
	}

	@Test
	void rotateWhenOldKeyIsNoLongerValidThenIsRefusedAndNothingIsMade() {
		IssuedKey issued = issue("acme", null);
		this.manager.revoke("acme", issued.record().id()).block(TIMEOUT);
		assertThatIllegalStateException().isThrownBy(() -> rotate(issued, Duration.ZERO));
		assertThat(this.manager.list("acme", null, 10).block(TIMEOUT).keys()).hasSize(1);
	}

	@Test
	void rotateWhenGraceIsOutOfRangeThenIsRefused() {
		IssuedKey issued = issue("acme", null);
		assertThatIllegalArgumentException().isThrownBy(() -> rotate(issued, Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> rotate(issued, MemoryKeyManager.MAX_GRACE.plusMillis(1)));
	}

	@Test
	void changeWhenManyAtOnceThenNoneIsLost() {
		IssuedKey issued = issue("acme", null);
		String id = issued.record().id();
		Flux.range(0, 40)
			.flatMap((i) -> this.repository.update("acme", id,
					(key) -> new KeyChange(key.name() + ".", null, null, null).apply(key)))
			.blockLast(TIMEOUT);
		assertThat(stored(issued).name()).isEqualTo("test" + ".".repeat(40));
	}

	@Test
	void listWhenKeysComeMeanwhileThenNothingIsTwiceOrPassedOver() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.add(0, issue("acme", null).record().id());
			issue("other", null);
		}
		List<String> listed = new ArrayList<>();
		String cursor = null;
		do {
			KeyPage page = this.manager.list("acme", cursor, 2).block(TIMEOUT);
			page.keys().forEach((key) -> listed.add(key.id()));
			cursor = page.nextCursor();
			issue("acme", null);
		}
		while (cursor != null);
		assertThat(listed).isEqualTo(ids);
	}

	@Test
	void listWhenCursorIsForeignOrAlteredOrLimitOutOfRangeThenIsRefused() {
		issue("acme", null);
		issue("acme", null);
		String cursor = this.manager.list("acme", null, 1).block(TIMEOUT).nextCursor();
		assertThat(cursor).isNotNull();
		for (String wrong : List.of("", "x", cursor + "A", "B" + cursor.substring(1), "\u0000")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.manager.list("acme", wrong, 1).block(TIMEOUT));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.list("other", cursor, 1).block(TIMEOUT));
		for (int limit : List.of(0, 1_001)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.manager.list("acme", null, limit).block(TIMEOUT));
		}
	}

	private IssuedKey issue(String account, @Nullable Instant expiresAt, VaultId... readVaults) {
		IssuedKey issued = this.manager
			.issue(new KeyRequest(account, "test", null, List.of(readVaults), KeyMode.ON, expiresAt))
			.block(TIMEOUT);
		assertThat(issued).isNotNull();
		return issued;
	}

	private KeyRecord change(IssuedKey issued, KeyChange change) {
		return this.manager.change(issued.record().account(), issued.record().id(), change).block(TIMEOUT);
	}

	private Rotation rotate(IssuedKey issued, Duration grace) {
		return this.manager.rotate(issued.record().account(), issued.record().id(), grace).block(TIMEOUT);
	}

	private @Nullable KeyRecord stored(IssuedKey issued) {
		return this.repository.findByHash(issued.key().hash()).block(TIMEOUT);
	}

	@Test
	void issueOrChangeWhenVaultIsDerivedThenRefused() {
		VaultId derived = VaultId.derivedFrom("https://id.example", "default", "sub", "alice");
		KeyRequest own = new KeyRequest("default", "a", derived, List.of(), KeyMode.ON, null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.issue(own).block(TIMEOUT));
		KeyRequest read = new KeyRequest("default", "a", null, List.of(derived), KeyMode.ON, null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.manager.issue(read).block(TIMEOUT));
		IssuedKey key = this.manager.issue(new KeyRequest("default", "a", null, List.of(), KeyMode.ON, null))
			.block(TIMEOUT);
		assertThat(key).isNotNull();
		KeyChange change = new KeyChange(null, null, List.of(derived), null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.manager.change("default", key.record().id(), change).block(TIMEOUT));
	}

}
