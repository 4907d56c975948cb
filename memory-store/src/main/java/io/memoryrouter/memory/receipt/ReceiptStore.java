package io.memoryrouter.memory.receipt;

import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps receipts for a while. It is bounded in number, size and age: whatever is saved
 * may be gone when it is asked for. No call blocks its caller.
 */
public interface ReceiptStore {

	/**
	 * Saves a receipt.
	 * @param receipt the receipt
	 * @return completion, when {@link #find} finds it
	 */
	Mono<Void> save(Receipt receipt);

	/**
	 * Finds a receipt.
	 * @param vault the vault that has to be the receipt's
	 * @param id the receipt's id; any text
	 * @return the receipt, or empty if the vault has none of this id
	 */
	Mono<Receipt> find(VaultId vault, String id);

	/**
	 * Erases the receipts of a vault, or of one session of it, and all others that tell
	 * of memories from there.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return how many were erased
	 * @see Receipt#isOf
	 */
	Mono<Long> erase(VaultId vault, @Nullable SessionId session);

	/**
	 * Counts what {@link #erase} would erase.
	 * @param vault the vault
	 * @param session the session, or {@code null} for the whole vault
	 * @return how many there are
	 */
	Mono<Long> count(VaultId vault, @Nullable SessionId session);

	/**
	 * Erases the receipts that tell of a memory.
	 * @param vault the memory's vault
	 * @param memory the memory's id
	 * @return how many were erased
	 */
	Mono<Long> eraseMemory(VaultId vault, String memory);

}
