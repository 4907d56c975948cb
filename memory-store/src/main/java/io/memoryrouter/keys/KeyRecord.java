package io.memoryrouter.keys;

import java.time.Instant;
import java.util.List;

import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a Memory Key; the key itself is not.
 *
 * @param id names the key in administration: {@code key_} and 32 hexadecimal digits
 * @param account the account that it belongs to
 * @param name what its owner calls it
 * @param vault the vault that it points to
 * @param readVaults other vaults of the account that it may also read, at most
 * {@value #MAX_READ_VAULTS}; neither the own nor one twice
 * @param ceiling the most that it may do, whatever its suffix
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused, or {@code null} for never
 * @param revokedAt since when it is refused, or {@code null} if it was not revoked
 */
public record KeyRecord(String id, String account, String name, VaultId vault, List<VaultId> readVaults,
		KeyMode ceiling, Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {

	/** The greatest number of other vaults that a key may read. */
	public static final int MAX_READ_VAULTS = 10;

	/**
	 * Checks the vaults.
	 * @throws InvalidKeyException if there are too many to read, or one is named twice
	 */
	public KeyRecord {
		readVaults = List.copyOf(readVaults);
		if (readVaults.size() > MAX_READ_VAULTS) {
			throw new InvalidKeyException("readVaults", "A key reads at most " + MAX_READ_VAULTS + " other vaults");
		}
		if (readVaults.contains(vault) || readVaults.stream().distinct().count() < readVaults.size()) {
			throw new InvalidKeyException("readVaults", "A vault is named twice");
		}
	}

	/**
	 * The key as it is revoked.
	 * @param now the time
	 * @return the key; itself if it was revoked before
	 */
	KeyRecord revokedAt(Instant now) {
		return (this.revokedAt != null) ? this : new KeyRecord(this.id, this.account, this.name, this.vault,
				this.readVaults, this.ceiling, this.createdAt, this.expiresAt, now);
	}

	/**
	 * The key, if it does not end before anyway, with another end.
	 * @param end the time from which on it is to be refused
	 * @return the key
	 */
	KeyRecord endingBy(Instant end) {
		boolean endsBefore = this.expiresAt != null && this.expiresAt.isBefore(end);
		return endsBefore ? this : new KeyRecord(this.id, this.account, this.name, this.vault, this.readVaults,
				this.ceiling, this.createdAt, end, this.revokedAt);
	}

	/**
	 * Whether the key is accepted.
	 * @param now the time
	 * @return whether it is neither revoked nor expired
	 */
	public boolean isValidAt(Instant now) {
		return this.revokedAt == null && (this.expiresAt == null || now.isBefore(this.expiresAt));
	}

}
