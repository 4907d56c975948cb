package io.memoryrouter.gateway.api.memories;

import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The erasers of what this product always keeps.
 */
public final class VaultErasers {

	private VaultErasers() {
	}

	/**
	 * Erases memories, with their vectors and their places in the queue, from the store's
	 * files.
	 * @param store the store
	 * @return the eraser
	 */
	public static VaultEraser memories(MemoryStore store) {
		return new VaultEraser() {

			@Override
			public String kind() {
				return "memories";
			}

			@Override
			public Mono<Counts> erase(VaultId vault, @Nullable SessionId session) {
				return store.erase(vault, session).map((erased) -> new Counts(erased.deleted(), erased.remaining()));
			}

		};
	}

	/**
	 * Erases receipts.
	 * @param store the store
	 * @return the eraser
	 */
	public static VaultEraser receipts(ReceiptStore store) {
		return eraser("receipts", store::erase, store::count);
	}

	/**
	 * Erases what was answered under idempotency keys.
	 * @param store the store
	 * @return the eraser
	 */
	public static VaultEraser idempotencyRecords(IdempotencyStore store) {
		return eraser("idempotency_records", store::erase, store::count);
	}

	/** An eraser that counts afterwards what is left. */
	private static VaultEraser eraser(String kind, CountedCall erase, CountedCall count) {
		return new VaultEraser() {

			@Override
			public String kind() {
				return kind;
			}

			@Override
			public Mono<Counts> erase(VaultId vault, @Nullable SessionId session) {
				return erase.of(vault, session)
					.flatMap((deleted) -> count.of(vault, session).map((remaining) -> new Counts(deleted, remaining)));
			}

		};
	}

	/** How many records of a vault, or of one session in it. */
	@FunctionalInterface
	private interface CountedCall {

		Mono<Long> of(VaultId vault, @Nullable SessionId session);

	}

}
