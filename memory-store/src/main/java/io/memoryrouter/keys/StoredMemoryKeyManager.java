package io.memoryrouter.keys;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Consumer;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Manages Memory Keys that are kept in a {@link KeyRepository}.
 */
public final class StoredMemoryKeyManager implements MemoryKeyManager {

	private static final int MAX_NAME_LENGTH = 200;

	private static final int ID_BYTES = 16;

	private final KeyRepository repository;

	private final Consumer<String> changed;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	/**
	 * Makes a manager.
	 * @param repository where the keys are kept
	 * @param changed is told the id of each key that has changed
	 * @param clock tells the time
	 */
	public StoredMemoryKeyManager(KeyRepository repository, Consumer<String> changed, Clock clock) {
		this.repository = repository;
		this.changed = changed;
		this.clock = clock;
	}

	@Override
	public Mono<IssuedKey> issue(KeyRequest request) {
		return Mono.fromCallable(() -> {
			requireName(request.name());
			return new IssuedKey(MemoryKey.mint(this.random), describe(request));
		})
			// The system's source of randomness is read like a file.
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((issued) -> this.repository.create(issued.record(), issued.key().hash()).thenReturn(issued));
	}

	private static void requireName(String name) {
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new InvalidKeyException("name", "The name of a key is 1 to " + MAX_NAME_LENGTH + " characters");
		}
	}

	/** Who else knows the names that a vault is derived from is not its owner by that. */
	private static void requireNotDerived(String property, VaultId vault) {
		if (vault.isDerived()) {
			throw new InvalidKeyException(property, "The vault belongs to somebody whom an identity provider knows");
		}
	}

	private KeyRecord describe(KeyRequest request) {
		request.readVaults().forEach((read) -> requireNotDerived("readVaults", read));
		VaultId vault = (request.vault() != null) ? request.vault() : new VaultId("vault_" + randomHex());
		requireNotDerived("vault", vault);
		return new KeyRecord(newId(), request.account(), request.name(), vault, request.readVaults(), request.ceiling(),
				now(), toMillis(request.expiresAt()), null);
	}

	@Override
	public Mono<KeyRecord> find(String account, String id) {
		return this.repository.find(account, id);
	}

	@Override
	public Mono<KeyPage> list(String account, @Nullable String cursor, int limit) {
		return this.repository.list(account, cursor, limit);
	}

	@Override
	public Mono<KeyRecord> change(String account, String id, KeyChange change) {
		return Mono.defer(() -> {
			if (change.name() != null) {
				requireName(change.name());
			}
			if (change.readVaults() != null) {
				change.readVaults().forEach((read) -> requireNotDerived("readVaults", read));
			}
			return this.repository.update(account, id, change::apply);
		}).doOnNext(this::tell);
	}

	@Override
	public Mono<KeyRecord> revoke(String account, String id) {
		return this.repository.update(account, id, (key) -> key.revokedAt(now())).doOnNext(this::tell);
	}

	@Override
	public Mono<Rotation> rotate(String account, String id, Duration grace) {
		return Mono.fromCallable(() -> {
			if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
				throw new IllegalArgumentException("The grace of a rotation is 0 to " + MAX_GRACE.toDays() + " days");
			}
			return new Minted(MemoryKey.mint(this.random), newId());
		}).subscribeOn(Schedulers.boundedElastic()).flatMap((minted) -> replace(account, id, minted, grace));
	}

	private Mono<Rotation> replace(String account, String id, Minted minted, Duration grace) {
		Instant now = now();
		return this.repository
			.replace(account, id, (old) -> replacement(old, minted.id(), now, grace), minted.key().hash())
			.doOnNext((replacement) -> tell(replacement.old()))
			.map((replacement) -> new Rotation(new IssuedKey(minted.key(), replacement.successor()),
					replacement.old()));
	}

	private static KeyRepository.Replacement replacement(KeyRecord old, String successor, Instant now, Duration grace) {
		KeyRecord key = new KeyRecord(successor, old.account(), old.name(), old.vault(), old.readVaults(),
				old.ceiling(), now, old.expiresAt(), null);
		return new KeyRepository.Replacement(requireValid(old, now).endingBy(now.plus(grace)), key);
	}

	private static KeyRecord requireValid(KeyRecord key, Instant now) {
		if (!key.isValidAt(now)) {
			throw new IllegalStateException("The key is revoked or expired: make a new one");
		}
		return key;
	}

	private void tell(KeyRecord key) {
		this.changed.accept(key.id());
	}

	private String newId() {
		return "key_" + randomHex();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private static @Nullable Instant toMillis(@Nullable Instant instant) {
		return (instant != null) ? instant.truncatedTo(ChronoUnit.MILLIS) : null;
	}

	private String randomHex() {
		byte[] bytes = new byte[ID_BYTES];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/**
	 * What a successor begins with.
	 *
	 * @param key the key
	 * @param id its id
	 */
	private record Minted(MemoryKey key, String id) {

	}

}
