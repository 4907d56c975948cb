package io.memoryrouter.keys;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.testing.TestClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CachingMemoryKeyService}.
 */
class CachingMemoryKeyServiceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final SecureRandom random = new SecureRandom();

	private final TestClock time = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));

	private final TestRepository repository = new TestRepository();

	private final CachingMemoryKeyService service = new CachingMemoryKeyService(this.repository::findByHash, this.time,
			this.time::nanos);

	@Test
	void authenticateWhenIssuedThenIsKnownWhateverTheSuffix() {
		IssuedKey issued = issue(null);
		assertThat(authenticate(issued.key())).isEqualTo(issued.record());
		assertThat(authenticate(MemoryKey.parse(issued.key().reveal() + ":off"))).isEqualTo(issued.record());
		assertThat(this.repository.lookUps).hasValue(1);
	}

	@Test
	void authenticateWhenUnknownThenIsEmptyAndRememberedFor30Seconds() {
		MemoryKey key = MemoryKey.mint(this.random);
		assertThat(authenticate(key)).isNull();
		assertThat(authenticate(key)).isNull();
		assertThat(this.repository.lookUps).hasValue(1);
		this.time.advance(Duration.ofSeconds(31));
		assertThat(authenticate(key)).isNull();
		assertThat(this.repository.lookUps).hasValue(2);
	}

	@Test
	void authenticateWhenRevokedThenIsRefusedWithin30Seconds() {
		IssuedKey issued = issue(null);
		authenticate(issued.key());
		this.repository.revoke(issued, this.time.instant());
		this.time.advance(Duration.ofSeconds(29));
		assertThat(authenticate(issued.key())).isNotNull();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(authenticate(issued.key())).isNull();
	}

	@Test
	void forgetWhenKeyWasRevokedThenIsRefusedAtOnceAlsoWithoutTheRepository() {
		IssuedKey issued = issue(null);
		IssuedKey other = issue(null);
		authenticate(issued.key());
		authenticate(other.key());
		this.repository.revoke(issued, this.time.instant());
		this.service.forget(issued.record().id());
		assertThat(authenticate(issued.key())).isNull();
		this.service.forget(other.record().id());
		this.repository.fails = true;
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> authenticate(other.key()));
	}

	@Test
	void forgetWhenALookUpHasBegunBeforeThenItsAnswerIsNotKept() {
		IssuedKey issued = issue(null);
		Sinks.Empty<Void> gate = Sinks.empty();
		KeyRecord before = issued.record();
		CachingMemoryKeyService slow = new CachingMemoryKeyService(
				(hash) -> this.repository.findByHash(hash).delayUntil((key) -> gate.asMono()), this.time,
				this.time::nanos);
		Mono<KeyRecord> first = slow.authenticate(issued.key()).cache();
		first.subscribe();
		this.repository.revoke(issued, this.time.instant());
		slow.forget(issued.record().id());
		gate.tryEmitEmpty();
		assertThat(first.block(TIMEOUT)).isEqualTo(before);
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> slow.authenticate(issued.key()).blockOptional(TIMEOUT).isEmpty());
	}

	@Test
	void forgetAllThenKeysAreLookedUpAnewAndGoOnWithoutTheRepository() {
		IssuedKey revoked = issue(null);
		IssuedKey other = issue(null);
		authenticate(revoked.key());
		authenticate(other.key());
		this.repository.revoke(revoked, this.time.instant());
		this.service.forgetAll();
		assertThat(authenticate(revoked.key())).isNull();
		this.repository.fails = true;
		assertThat(authenticate(other.key())).isEqualTo(other.record());
	}

	@Test
	void authenticateWhenKeyExpiresBetweenLookUpsThenIsRefusedAtOnce() {
		IssuedKey issued = issue(this.time.instant().plusSeconds(5));
		assertThat(authenticate(issued.key())).isNotNull();
		this.time.advance(Duration.ofMillis(4_999));
		assertThat(authenticate(issued.key())).isNotNull();
		this.time.advance(Duration.ofMillis(1));
		assertThat(authenticate(issued.key())).isNull();
		assertThat(this.repository.lookUps).hasValue(1);
	}

	@Test
	void authenticateWhenManyAtOnceThenOneLookUpIsMade() {
		IssuedKey issued = issue(null);
		Sinks.Empty<Void> gate = Sinks.empty();
		this.repository.gate = gate.asMono();
		Mono<List<KeyRecord>> all = Flux.range(0, 20)
			.flatMap((i) -> this.service.authenticate(issued.key()), 20)
			.collectList();
		List<KeyRecord> found = Mono
			.zip(all, Mono.fromRunnable(gate::tryEmitEmpty).thenReturn(true), (records, done) -> records)
			.block(TIMEOUT);
		assertThat(found).hasSize(20).containsOnly(issued.record());
		assertThat(this.repository.lookUps).hasValue(1);
	}

	@Test
	void authenticateWhenFirstCallerHangsUpThenOthersAreServed() {
		IssuedKey issued = issue(null);
		Sinks.Empty<Void> gate = Sinks.empty();
		this.repository.gate = gate.asMono();
		this.service.authenticate(issued.key()).subscribe().dispose();
		Mono<KeyRecord> second = this.service.authenticate(issued.key());
		gate.tryEmitEmpty();
		assertThat(second.block(TIMEOUT)).isEqualTo(issued.record());
		assertThat(this.repository.lookUps).hasValue(1);
	}

	@Test
	void authenticateWhenRepositoryFailsThenKeysOfTheLastFiveMinutesGoOn() {
		IssuedKey issued = issue(null);
		authenticate(issued.key());
		this.time.advance(Duration.ofSeconds(29));
		authenticate(issued.key());
		this.repository.fails = true;
		this.time.advance(Duration.ofSeconds(299));
		assertThat(authenticate(issued.key())).isEqualTo(issued.record());
		this.time.advance(Duration.ofSeconds(3));
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> authenticate(issued.key()));
	}

	@Test
	void authenticateWhenRepositoryFailsThenIsLeftAloneForAWhileAndAskedAgain() {
		IssuedKey issued = issue(null);
		authenticate(issued.key());
		this.time.advance(Duration.ofSeconds(31));
		this.repository.fails = true;
		authenticate(issued.key());
		authenticate(issued.key());
		assertThat(this.repository.lookUps).hasValue(2);
		this.repository.fails = false;
		this.repository.revoke(issued, this.time.instant());
		this.time.advance(CachingMemoryKeyService.RETRY_AFTER.plusMillis(1));
		assertThat(authenticate(issued.key())).isNull();
	}

	@Test
	void authenticateWhenRepositoryFailsThenExpiryStillCounts() {
		IssuedKey issued = issue(this.time.instant().plusSeconds(60));
		authenticate(issued.key());
		this.repository.fails = true;
		this.time.advance(Duration.ofSeconds(61));
		assertThat(authenticate(issued.key())).isNull();
	}

	@Test
	void authenticateWhenRepositoryFailsThenUnknownKeysGetTheErrorAndItIsNotRemembered() {
		IssuedKey issued = issue(null);
		this.repository.fails = true;
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> authenticate(issued.key()))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(issued.key().reveal()));
		this.repository.fails = false;
		assertThat(authenticate(issued.key())).isEqualTo(issued.record());
	}

	@Test
	void authenticateWhenKeyWasRevokedBeforeTheOutageThenIsNotRevived() {
		IssuedKey issued = issue(null);
		authenticate(issued.key());
		this.repository.keys.clear();
		this.time.advance(Duration.ofSeconds(31));
		assertThat(authenticate(issued.key())).isNull();
		this.repository.fails = true;
		this.time.advance(Duration.ofSeconds(31));
		assertThatExceptionOfType(KeyStoreUnavailableException.class).isThrownBy(() -> authenticate(issued.key()));
	}

	private IssuedKey issue(@Nullable Instant expiresAt) {
		MemoryKey key = MemoryKey.mint(this.random);
		KeyRecord record = new KeyRecord("key_" + this.repository.keys.size(), "acme", "test", new VaultId("vault_a"),
				List.of(), KeyMode.ON, this.time.instant(), expiresAt, null);
		this.repository.keys.put(key.hash(), record);
		return new IssuedKey(key, record);
	}

	private @Nullable KeyRecord authenticate(MemoryKey key) {
		return this.service.authenticate(key).block(TIMEOUT);
	}

	/** A repository that counts and can be made to fail. */
	private static final class TestRepository {

		private final Map<String, KeyRecord> keys = new ConcurrentHashMap<>();

		private final AtomicInteger lookUps = new AtomicInteger();

		private Mono<Void> gate = Mono.empty();

		private boolean fails;

		Mono<KeyRecord> findByHash(String hash) {
			this.lookUps.incrementAndGet();
			return this.fails ? Mono.error(new IllegalStateException("down"))
					: this.gate.then(Mono.fromCallable(() -> this.keys.get(hash)));
		}

		void revoke(IssuedKey issued, Instant now) {
			this.keys.put(issued.key().hash(), issued.record().revokedAt(now));
		}

	}

}
