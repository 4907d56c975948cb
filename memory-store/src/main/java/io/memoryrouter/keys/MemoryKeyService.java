package io.memoryrouter.keys;

import java.time.Instant;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Authenticates and issues Memory Keys.
 */
public interface MemoryKeyService {

	/**
	 * Checks a key, from a cache where it was seen shortly before.
	 * @param key the key
	 * @return what it stands for; empty if it is unknown, revoked or expired, which is
	 * not told apart. A {@link KeyStoreUnavailableException} error if keys cannot be
	 * looked up and this one was not seen in the last five minutes
	 */
	Mono<KeyRecord> authenticate(MemoryKey key);

	/**
	 * Makes a key.
	 * @param request what it is to be
	 * @return the key, shown this once. An {@link IllegalArgumentException} error, whose
	 * message is fit for the caller, if the vault belongs to another account
	 */
	Mono<IssuedKey> issue(KeyRequest request);

	/**
	 * What a new key is to be.
	 *
	 * @param account the account
	 * @param name what its owner calls it, 1 to 200 characters
	 * @param vault an own vault of the account, or {@code null} for a new one
	 * @param ceiling the most that it may do
	 * @param expiresAt from when on it is refused, or {@code null} for never
	 */
	record KeyRequest(String account, String name, @Nullable VaultId vault, KeyMode ceiling,
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

}
