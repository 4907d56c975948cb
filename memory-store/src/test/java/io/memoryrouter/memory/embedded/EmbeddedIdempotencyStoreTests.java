package io.memoryrouter.memory.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.idempotency.IdempotencyRecord;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EmbeddedIdempotencyStoreTests {

	private static final VaultId VAULT = new VaultId("alice");

	private static final SessionId SESSION = new SessionId("monday");

	private static final Duration WAIT = Duration.ofSeconds(10);

	@TempDir
	Path folder;

	private EmbeddedDatabase database;

	private IdempotencyStore store;

	private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));

	@BeforeEach
	void open() {
		this.database = EmbeddedDatabase.open(this.folder);
		this.store = new EmbeddedIdempotencyStore(this.database, this.clock);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void claimWhenKeyIsNewThenIsNotAnswered() {
		assertThat(claim(VAULT, "k", "f1")).isEqualTo(new IdempotencyRecord("f1", null));
	}

	@Test
	void claimWhenAnotherHasTheKeyThenThatOneIsTold() {
		claim(VAULT, "k", "f1");
		complete(VAULT, "k", "first");
		assertThat(claim(VAULT, "k", "f2")).isEqualTo(new IdempotencyRecord("f1", "first"));
	}

	@Test
	void claimWhenManyRaceThenOneFingerprintWins() {
		List<IdempotencyRecord> claims = Flux.range(0, 50)
			.flatMap((i) -> this.store.claim(VAULT, null, "k", "f" + i), 50)
			.collectList()
			.block(WAIT);
		assertThat(claims).hasSize(50).containsOnly(claims.get(0));
	}

	@Test
	void claimWhenStoreWasReopenedThenIsStillKnown() {
		claim(VAULT, "k", "f1");
		complete(VAULT, "k", "first");
		this.database.close();
		open();
		assertThat(claim(VAULT, "k", "f1").answer()).isEqualTo("first");
	}

	@Test
	void claimWhenADayHasPassedThenTheKeyIsFree() {
		claim(VAULT, "k", "f1");
		claim(VAULT, "other", "f1");
		this.clock.advance(IdempotencyStore.LIFETIME.minusMillis(1));
		assertThat(claim(VAULT, "k", "f2").fingerprint()).isEqualTo("f1");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(claim(VAULT, "k", "f2").fingerprint()).isEqualTo("f2");
		assertThat(this.store.erase(VAULT, null).block(WAIT)).as("the other one went along").isEqualTo(1);
	}

	@Test
	void claimWhenVaultIsAnotherThenKnowsNothing() {
		claim(VAULT, "k", "f1");
		assertThat(claim(new VaultId("bob"), "k", "f2").fingerprint()).isEqualTo("f2");
	}

	@Test
	void claimWhenKeyIsTooLongThenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> claim(VAULT, "k".repeat(256), "f"));
		assertThatIllegalArgumentException().isThrownBy(() -> claim(VAULT, "", "f"));
	}

	@Test
	void completeWhenAnsweredAlreadyThenTheFirstAnswerStays() {
		claim(VAULT, "k", "f1");
		assertThat(complete(VAULT, "k", "first")).isEqualTo("first");
		assertThat(complete(VAULT, "k", "second")).isEqualTo("first");
	}

	@Test
	void completeWhenErasedMeanwhileThenNothingComesBack() {
		claim(VAULT, "k", "f1");
		this.store.erase(VAULT, null).block(WAIT);
		assertThat(complete(VAULT, "k", "first")).isNull();
		assertThat(claim(VAULT, "k", "f2").fingerprint()).isEqualTo("f2");
	}

	@Test
	void eraseWhenOfASessionThenOthersStay() {
		this.store.claim(VAULT, SESSION, "a", "f").block(WAIT);
		claim(VAULT, "b", "f");
		this.store.claim(new VaultId("bob"), SESSION, "a", "f").block(WAIT);
		assertThat(this.store.erase(VAULT, SESSION).block(WAIT)).isEqualTo(1);
		assertThat(this.store.erase(VAULT, null).block(WAIT)).isEqualTo(1);
		assertThat(this.store.erase(new VaultId("bob"), null).block(WAIT)).isEqualTo(1);
	}

	private IdempotencyRecord claim(VaultId vault, String key, String fingerprint) {
		return this.store.claim(vault, null, key, fingerprint).block(WAIT);
	}

	private @Nullable String complete(VaultId vault, String key, String answer) {
		return this.store.complete(vault, key, answer).block(WAIT);
	}

}
