package io.memoryrouter.keys;

import java.time.Instant;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a Memory Key; the key itself is not.
 *
 * @param id names the key in administration: {@code key_} and 32 hexadecimal digits
 * @param account the account that it belongs to
 * @param name what its owner calls it
 * @param vault the vault that it points to
 * @param ceiling the most that it may do, whatever its suffix
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused, or {@code null} for never
 * @param revokedAt since when it is refused, or {@code null} if it was not revoked
 */
public record KeyRecord(String id, String account, String name, VaultId vault, KeyMode ceiling, Instant createdAt,
		@Nullable Instant expiresAt, @Nullable Instant revokedAt) {

	/**
	 * Whether the key is accepted.
	 * @param now the time
	 * @return whether it is neither revoked nor expired
	 */
	public boolean isValidAt(Instant now) {
		return this.revokedAt == null && (this.expiresAt == null || now.isBefore(this.expiresAt));
	}

}
