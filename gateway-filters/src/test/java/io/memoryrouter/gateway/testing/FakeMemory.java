package io.memoryrouter.gateway.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.receipt.InProcessReceiptStore;
import io.memoryrouter.memory.receipt.Receipt;
import io.memoryrouter.memory.receipt.ReceiptStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A memory that does as it is told and notes what it was asked.
 */
public final class FakeMemory implements MemoryRetriever, MemoryIngestor, MemoryKeyService, ReceiptStore {

	/** A key that is accepted. */
	public static final String KEY = "mk_AliceAliceAlice01";

	/** The vault of {@link #KEY}. */
	public static final VaultId VAULT = new VaultId("vault_alice");

	/** What is recalled unless told otherwise. */
	public static final String FACT = "My dog Rex is a beagle.";

	public final List<RecallQuery> queries = new CopyOnWriteArrayList<>();

	public final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

	public final AtomicInteger authentications = new AtomicInteger();

	private final Map<String, KeyRecord> keys = new ConcurrentHashMap<>();

	private volatile Function<RecallQuery, Mono<Recall>> recall = (query) -> Mono.just(hit(FACT));

	private volatile Function<Exchange, Mono<List<String>>> ingest = (exchange) -> Mono.just(List.of());

	private final ReceiptStore receipts = new InProcessReceiptStore(
			new InProcessReceiptStore.Settings(1_000, 1_000_000, Duration.ofHours(1)));

	private volatile Function<Receipt, Mono<Void>> saveReceipt = this.receipts::save;

	private volatile Mono<KeyRecord> keyFailure = Mono.empty();

	public FakeMemory() {
		reset();
	}

	public void reset() {
		this.queries.clear();
		this.exchanges.clear();
		this.authentications.set(0);
		this.keys.clear();
		this.keyFailure = Mono.empty();
		accept(KEY, KeyMode.ON);
		onRecall((query) -> Mono.just(hit(FACT)));
		onIngest((exchange) -> Mono.just(List.of()));
		onReceipt(this.receipts::save);
	}

	public void accept(String key, KeyMode ceiling) {
		accept(key, ceiling, VAULT);
	}

	public void accept(String key, KeyMode ceiling, VaultId vault) {
		accept("key_1", key, ceiling, vault);
	}

	public void accept(String id, String key, KeyMode ceiling, VaultId vault) {
		this.keys.put(MemoryKey.parse(key).hash(), new KeyRecord(id, "default", "test", vault, List.of(), ceiling,
				Instant.parse("2026-01-01T00:00:00Z"), null, null));
	}

	public void onReceipt(Function<Receipt, Mono<Void>> save) {
		this.saveReceipt = save;
	}

	public void onRecall(Function<RecallQuery, Mono<Recall>> recall) {
		this.recall = recall;
	}

	public void onIngest(Function<Exchange, Mono<List<String>>> ingest) {
		this.ingest = ingest;
	}

	public void failKeys(Throwable failure) {
		this.keyFailure = Mono.error(failure);
	}

	public static Recall hit(String... texts) {
		List<Recall.Recalled> recalled = new ArrayList<>();
		for (String text : texts) {
			Memory memory = new Memory("mem_" + text.hashCode(), VAULT, null, Role.USER, null, text,
					Instant.parse("2026-02-03T04:05:06Z"), false);
			recalled.add(new Recall.Recalled(memory, 1, 7));
		}
		return new Recall(Recall.Outcome.HIT, recalled, 7 * texts.length, Duration.ofMillis(3), Duration.ofMillis(2));
	}

	/** Checks that one exchange was stored, which is complete and says this. */
	public void assertStored(String... texts) {
		assertThat(this.exchanges).singleElement().satisfies((exchange) -> {
			assertThat(exchange.turns()).extracting(Exchange.Turn::text).containsExactly(texts);
			assertThat(exchange.turns()).noneMatch(Exchange.Turn::partial);
		});
	}

	@Override
	public Mono<Recall> recall(RecallQuery query) {
		this.queries.add(query);
		return this.recall.apply(query);
	}

	@Override
	public Mono<Ingested> ingest(Exchange exchange) {
		this.exchanges.add(exchange);
		return this.ingest.apply(exchange).map((ids) -> new Ingested(ids, ids.size()));
	}

	@Override
	public Mono<KeyRecord> authenticate(MemoryKey key) {
		this.authentications.incrementAndGet();
		return this.keyFailure.switchIfEmpty(Mono.justOrEmpty(this.keys.get(key.hash())));
	}

	@Override
	public Mono<Void> save(Receipt receipt) {
		return this.saveReceipt.apply(receipt);
	}

	@Override
	public Mono<Receipt> find(VaultId vault, String id) {
		return this.receipts.find(vault, id);
	}

	@Override
	public Mono<Long> erase(VaultId vault, @Nullable SessionId session) {
		return this.receipts.erase(vault, session);
	}

	@Override
	public Mono<Long> count(VaultId vault, @Nullable SessionId session) {
		return this.receipts.count(vault, session);
	}

	@Override
	public Mono<Long> eraseMemory(VaultId vault, String memory) {
		return this.receipts.eraseMemory(vault, memory);
	}

}
