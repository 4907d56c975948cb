package io.memoryrouter.keys;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a key. What is {@code null} stays as it is.
 *
 * @param name what its owner calls it, 1 to 200 characters
 * @param ceiling the most that it may do
 * @param readVaults other vaults of the account that it may also read
 * @param expiry from when on it is refused
 */
public record KeyChange(@Nullable String name, @Nullable KeyMode ceiling, @Nullable List<VaultId> readVaults,
		@Nullable Expiry expiry) {

	/**
	 * The key with the changes.
	 * @param key the key
	 * @return what is to be known of it
	 */
	KeyRecord apply(KeyRecord key) {
		return new KeyRecord(key.id(), key.account(), (this.name != null) ? this.name : key.name(), key.vault(),
				(this.readVaults != null) ? this.readVaults : key.readVaults(),
				(this.ceiling != null) ? this.ceiling : key.ceiling(), key.createdAt(),
				(this.expiry != null) ? this.expiry.at() : key.expiresAt(), key.revokedAt());
	}

	/**
	 * When a key expires.
	 *
	 * @param at the time, or {@code null} for never
	 */
	public record Expiry(@Nullable Instant at) {

	}

}
