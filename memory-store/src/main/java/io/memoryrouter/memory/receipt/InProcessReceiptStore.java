package io.memoryrouter.memory.receipt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps receipts in the memory of this process, and so no longer than it lives.
 */
public final class InProcessReceiptStore implements ReceiptStore {

	/** What a receipt takes beside its memories and texts. */
	private static final int RECEIPT_BYTES = 600;

	/** What a memory takes in a receipt beside its text. */
	private static final int ITEM_BYTES = 250;

	private final Cache<String, Receipt> receipts;

	/**
	 * Makes a store.
	 * @param settings how much it keeps, and for how long
	 */
	public InProcessReceiptStore(Settings settings) {
		this(settings, Ticker.systemTicker(), null);
	}

	InProcessReceiptStore(Settings settings, Ticker ticker, @Nullable Executor maintenance) {
		Caffeine<Object, Object> builder = Caffeine.newBuilder().ticker(ticker);
		if (maintenance != null) {
			builder.executor(maintenance);
		}
		this.receipts = builder.expireAfterWrite(settings.maxAge())
			.maximumWeight(settings.maxBytes())
			.weigher((String id, Receipt receipt) -> settings.weight(receipt))
			.build();
	}

	@Override
	public Mono<Void> save(Receipt receipt) {
		return Mono.fromRunnable(() -> this.receipts.put(receipt.id(), receipt));
	}

	@Override
	public Mono<Receipt> find(VaultId vault, String id) {
		return Mono.fromSupplier(() -> this.receipts.getIfPresent(id))
			.filter((receipt) -> receipt.vault().equals(vault));
	}

	@Override
	public Mono<Long> erase(VaultId vault, @Nullable SessionId session) {
		return erase((receipt) -> receipt.isOf(vault, session));
	}

	@Override
	public Mono<Long> count(VaultId vault, @Nullable SessionId session) {
		return Mono.fromSupplier(() -> this.receipts.asMap()
			.values()
			.stream()
			.filter((receipt) -> receipt.isOf(vault, session))
			.count());
	}

	@Override
	public Mono<Long> eraseMemory(VaultId vault, String memory) {
		return erase((receipt) -> receipt.memories()
			.stream()
			.anyMatch((item) -> item.id().equals(memory) && item.vault().equals(vault)));
	}

	private Mono<Long> erase(Predicate<Receipt> erased) {
		return Mono.fromSupplier(() -> {
			List<String> ids = this.receipts.asMap().values().stream().filter(erased).map(Receipt::id).toList();
			return ids.stream().filter((id) -> this.receipts.asMap().remove(id) != null).count();
		});
	}

	/**
	 * How much is kept: the first of the bounds that is reached holds.
	 *
	 * @param maxCount the greatest number of receipts; positive
	 * @param maxBytes the memory that they may take, about; positive
	 * @param maxAge how long a receipt is kept; positive
	 */
	public record Settings(int maxCount, long maxBytes, Duration maxAge) {

		/**
		 * Checks the ranges.
		 * @throws IllegalArgumentException if one is not positive
		 */
		public Settings {
			if (maxCount <= 0 || maxBytes <= 0 || maxAge.isNegative() || maxAge.isZero()) {
				throw new IllegalArgumentException("The number, the size and the age of receipts are positive");
			}
		}

		/**
		 * A cache has one bound. So that it holds the number as well, every receipt
		 * weighs at least its share of the memory.
		 */
		private int weight(Receipt receipt) {
			long share = (this.maxBytes + this.maxCount - 1) / this.maxCount;
			return (int) Math.min(Integer.MAX_VALUE, Math.max(share, bytes(receipt)));
		}

		private static long bytes(Receipt receipt) {
			long characters = length(receipt.block()) + length(receipt.request().model());
			for (Receipt.Item item : receipt.memories()) {
				characters += length(item.text());
			}
			return RECEIPT_BYTES + (long) ITEM_BYTES * receipt.memories().size() + Character.BYTES * characters;
		}

		private static long length(@Nullable String text) {
			return (text != null) ? text.length() : 0;
		}

	}

}
