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
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryRetriever;
import io.memoryrouter.memory.Recall;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.VaultId;
import reactor.core.publisher.Mono;

/**
 * A memory that does as it is told and notes what it was asked.
 */
public final class FakeMemory implements MemoryRetriever, MemoryIngestor, MemoryKeyService {

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
	}

	public void accept(String key, KeyMode ceiling) {
		this.keys.put(MemoryKey.parse(key).hash(), new KeyRecord("key_1", "default", "test", VAULT, ceiling,
				Instant.parse("2026-01-01T00:00:00Z"), null, null));
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

	@Override
	public Mono<Recall> recall(RecallQuery query) {
		this.queries.add(query);
		return this.recall.apply(query);
	}

	@Override
	public Mono<List<String>> ingest(Exchange exchange) {
		this.exchanges.add(exchange);
		return this.ingest.apply(exchange);
	}

	@Override
	public Mono<KeyRecord> authenticate(MemoryKey key) {
		this.authentications.incrementAndGet();
		return this.keyFailure.switchIfEmpty(Mono.justOrEmpty(this.keys.get(key.hash())));
	}

	@Override
	public Mono<IssuedKey> issue(KeyRequest request) {
		return Mono.error(new UnsupportedOperationException());
	}

}
