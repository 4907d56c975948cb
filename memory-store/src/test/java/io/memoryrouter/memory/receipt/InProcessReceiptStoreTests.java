package io.memoryrouter.memory.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InProcessReceiptStoreTests {

	private static final VaultId ALICE = new VaultId("alice");

	private static final VaultId BOB = new VaultId("bob");

	private static final SessionId MONDAY = new SessionId("monday");

	private static final SessionId TUESDAY = new SessionId("tuesday");

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private final AtomicLong nanos = new AtomicLong();

	private final InProcessReceiptStore store = store(10_000, 16_000_000);

	private InProcessReceiptStore store(int maxCount, long maxBytes) {
		return new InProcessReceiptStore(new InProcessReceiptStore.Settings(maxCount, maxBytes, Duration.ofHours(24)),
				this.nanos::get, Runnable::run);
	}

	private static Recall.Recalled recalled(String id, VaultId vault, @Nullable SessionId session, String text) {
		return new Recall.Recalled(new Memory(id, vault, session, Role.USER, null, text, NOW, false), 0.5, 7);
	}

	private static Receipt receipt(String id, VaultId vault, @Nullable SessionId session, Recall.Recalled... found) {
		List<Receipt.Item> items = new ArrayList<>();
		for (Recall.Recalled recalled : found) {
			items.add(Receipt.Item.of(recalled, true));
		}
		return new Receipt(id, NOW, vault, session, new Receipt.Request("on", "openai", "openai", "openai/gpt-5.5"),
				"hit", items, 7, 7, "the block", new Receipt.Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO));
	}

	private void save(Receipt... receipts) {
		for (Receipt receipt : receipts) {
			this.store.save(receipt).block();
		}
	}

	private static List<String> found(ReceiptStore store, VaultId vault, String... ids) {
		return List.of(ids).stream().filter((id) -> store.find(vault, id).block() != null).toList();
	}

	@Test
	void findWhenSavedThenItIsTheReceipt() {
		Receipt receipt = receipt("r1", ALICE, MONDAY, recalled("m1", ALICE, null, "a dog"));
		save(receipt);
		assertThat(this.store.find(ALICE, "r1").block()).isEqualTo(receipt);
		assertThat(this.store.find(ALICE, "r2").block()).isNull();
	}

	@Test
	void findWhenTheVaultIsAnotherThenThereIsNone() {
		save(receipt("r1", ALICE, null));
		assertThat(this.store.find(BOB, "r1").block()).isNull();
	}

	@Test
	void findWhenOldThenThereIsNone() {
		save(receipt("r1", ALICE, null));
		this.nanos.addAndGet(Duration.ofHours(24).minusSeconds(1).toNanos());
		assertThat(this.store.find(ALICE, "r1").block()).isNotNull();
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(this.store.find(ALICE, "r1").block()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "100, 16000000", "1000000, 200000" })
	void saveWhenABoundIsReachedThenOlderOnesGo(int maxCount, long maxBytes) {
		InProcessReceiptStore bounded = store(maxCount, maxBytes);
		String text = "x".repeat(200);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			ids.add("r" + i);
			bounded.save(receipt("r" + i, ALICE, null, recalled("m", ALICE, null, text))).block();
		}
		assertThat(found(bounded, ALICE, ids.toArray(String[]::new))).hasSizeBetween(50, 200);
	}

	@Test
	void saveWhenLargerThanAllThenItIsNotKeptAndOthersStay() {
		InProcessReceiptStore bounded = store(100, 100_000);
		bounded.save(receipt("small", ALICE, null)).block();
		bounded.save(receipt("large", ALICE, null, recalled("m", ALICE, null, "x".repeat(100_000)))).block();
		assertThat(found(bounded, ALICE, "small", "large")).containsExactly("small");
	}

	@Test
	void eraseWhenAVaultThenItsReceiptsGoAndThoseThatTellOfIt() {
		save(receipt("own", ALICE, MONDAY), receipt("reader", BOB, null, recalled("m1", ALICE, null, "a dog")),
				receipt("other", BOB, MONDAY, recalled("m2", BOB, null, "a cat")));
		assertThat(this.store.erase(ALICE, null).block()).isEqualTo(2);
		assertThat(found(this.store, ALICE, "own")).isEmpty();
		assertThat(found(this.store, BOB, "reader", "other")).containsExactly("other");
	}

	@Test
	void eraseWhenASessionThenItsReceiptsGoAndThoseThatTellOfIt() {
		save(receipt("own", ALICE, MONDAY), receipt("later", ALICE, TUESDAY, recalled("m1", ALICE, MONDAY, "a dog")),
				receipt("other", ALICE, TUESDAY, recalled("m2", ALICE, TUESDAY, "a cat")),
				receipt("none", ALICE, null, recalled("m3", ALICE, null, "a bird")),
				receipt("foreign", BOB, MONDAY, recalled("m4", BOB, MONDAY, "a fish")));
		assertThat(this.store.erase(ALICE, MONDAY).block()).isEqualTo(2);
		assertThat(found(this.store, ALICE, "own", "later", "other", "none")).containsExactly("other", "none");
		assertThat(found(this.store, BOB, "foreign")).containsExactly("foreign");
	}

	@Test
	void eraseMemoryWhenReceiptsTellOfItThenTheyGo() {
		save(receipt("teller", ALICE, null, recalled("m1", ALICE, null, "a dog")),
				receipt("other", ALICE, null, recalled("m2", ALICE, null, "a cat")),
				receipt("foreign", BOB, null, recalled("m1", BOB, null, "a fish")));
		assertThat(this.store.eraseMemory(ALICE, "m1").block()).isEqualTo(1);
		assertThat(found(this.store, ALICE, "teller", "other")).containsExactly("other");
		assertThat(found(this.store, BOB, "foreign")).containsExactly("foreign");
	}

	@Test
	void toStringWhenTextsAreCarriedThenTheyAreNotShown() {
		Receipt receipt = receipt("r1", ALICE, null, recalled("m1", ALICE, null, "a dog"));
		assertThat(receipt.toString() + receipt.memories()).doesNotContain("a dog", "the block");
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, PT1S", "1, 0, PT1S", "1, 1, PT0S", "1, 1, PT-1S" })
	void settingsWhenOneIsNotPositiveThenTheyAreRefused(int maxCount, long maxBytes, Duration maxAge) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new InProcessReceiptStore.Settings(maxCount, maxBytes, maxAge));
	}

}
