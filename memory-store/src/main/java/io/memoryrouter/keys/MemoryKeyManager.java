package io.memoryrouter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Manages the Memory Keys of accounts. Every call sees and changes the keys of one
 * account alone: a key of another account is as good as absent. Errors are
 * {@link KeyStoreUnavailableException}s, and {@link IllegalArgumentException}s whose
 * message is fit for the caller.
 */
public interface MemoryKeyManager {

	/** The longest that a key stays valid after it was rotated. */
	Duration MAX_GRACE = Duration.ofDays(90);

	/**
	 * Makes a key.
	 * @param request what it is to be
	 * @return the key, shown this once. An {@link IllegalArgumentException} error if a
	 * vault belongs to another account, or is {@linkplain VaultId#isDerived() derived}
	 */
	Mono<IssuedKey> issue(KeyRequest request);

	/**
	 * Finds a key.
	 * @param account the account
	 * @param id its id
	 * @return what is known of it, also when it is revoked or expired; empty if the
	 * account has none of this id
	 */
	Mono<KeyRecord> find(String account, String id);

	/**
	 * Lists keys, newest first, revoked and expired ones included.
	 * @param account the account
	 * @param cursor where to go on: the {@link KeyPage#nextCursor()} of the page before,
	 * or {@code null} for the first page
	 * @param limit the greatest number of keys, 1 to 1,000
	 * @return the page; an {@link IllegalArgumentException} error if the cursor is none
	 * of this account
	 */
	Mono<KeyPage> list(String account, @Nullable String cursor, int limit);

	/**
	 * Changes a key. The change holds for this process at once, for others as soon as
	 * they hear of it, and within {@link CachingMemoryKeyService#TIME_TO_LIVE} if they do
	 * not.
	 * @param account the account
	 * @param id its id
	 * @param change what is to be different
	 * @return what is known of it now; empty if the account has none of this id
	 */
	Mono<KeyRecord> change(String account, String id, KeyChange change);

	/**
	 * Revokes a key, for good. It is refused by this process at once, by others as soon
	 * as they hear of it, and within {@link CachingMemoryKeyService#TIME_TO_LIVE} if they
	 * do not. One that is revoked already stays as it is.
	 * @param account the account
	 * @param id its id
	 * @return what is known of it now; empty if the account has none of this id
	 */
	Mono<KeyRecord> revoke(String account, String id);

	/**
	 * Makes a new key that is as the old one is, and lets the old one end.
	 * @param account the account
	 * @param id the id of the old key
	 * @param grace how long the old key stays valid, at most {@link #MAX_GRACE}; one that
	 * would have expired before does so
	 * @return both; empty if the account has none of this id. An
	 * {@link IllegalStateException} error if the old key is revoked or expired
	 */
	Mono<Rotation> rotate(String account, String id, Duration grace);

	/**
	 * What a new key is to be.
	 *
	 * @param account the account
	 * @param name what its owner calls it, 1 to 200 characters
	 * @param vault an own vault of the account, or {@code null} for a new one
	 * @param readVaults other vaults of the account that it may also read
	 * @param ceiling the most that it may do
	 * @param expiresAt from when on it is refused, or {@code null} for never
	 */
	record KeyRequest(String account, String name, @Nullable VaultId vault, List<VaultId> readVaults, KeyMode ceiling,
			@Nullable Instant expiresAt) {

	}

	/**
	 * A new key.
	 *
	 * @param key the key itself
	 * @param record what is kept of it
	 */
	record IssuedKey(MemoryKey key, KeyRecord record) {

	}

	/**
	 * A key that took another one's place.
	 *
	 * @param issued the new key
	 * @param old what is known of the old one now
	 */
	record Rotation(IssuedKey issued, KeyRecord old) {

	}

}
