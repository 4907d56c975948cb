package io.memoryrouter.gateway.api.memories.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.memoryrouter.gateway.api.memories.MemoryCalls;
import io.memoryrouter.gateway.usage.RequestUsage;
import io.memoryrouter.memory.Exchange;
import io.memoryrouter.memory.Ingested;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryIngestor;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.MemoryStoreException;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Stores the lines of uploads, a few at a time and in their order.
 */
final class UploadWriter {

	private static final Retry RETRY = Retry.backoff(5, Duration.ofMillis(100))
		.filter((ex) -> ex instanceof MemoryStoreException.Overloaded);

	private final MemoryIngestor ingestor;

	private final MemoryStore store;

	private final Clock clock;

	UploadWriter(MemoryIngestor ingestor, MemoryStore store, Clock clock) {
		this.ingestor = ingestor;
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Stores lines.
	 * @param target where to
	 * @param lines the lines
	 * @return what became of each, when all that is stored is durable; an error if the
	 * store could not take them
	 */
	Mono<List<UploadReport.Line>> store(Target target, List<UploadLine> lines) {
		List<ReadLine> read = lines.stream().map(ReadLine::of).toList();
		Set<UploadRecord> records = read.stream()
			.map(ReadLine::uploaded)
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return MemoryCalls.guarded(store(target, records))
			.map((stored) -> read.stream().map((line) -> line.outcome(stored)).toList());
	}

	/** Equal lines become one memory, so one of them stands for all. */
	private Mono<Set<UploadRecord>> store(Target target, Set<UploadRecord> records) {
		return thoseThere(target, records).flatMap((there) -> {
			List<UploadRecord> others = records.stream().filter((uploaded) -> !there.contains(uploaded)).toList();
			return ingest(target, others).map((stored) -> {
				stored.addAll(there);
				return stored;
			});
		});
	}

	private Mono<Set<UploadRecord>> thoseThere(Target target, Collection<UploadRecord> records) {
		Set<String> ids = records.stream().map(UploadRecord::id).filter(Objects::nonNull).collect(Collectors.toSet());
		if (ids.isEmpty()) {
			return Mono.just(Set.of());
		}
		return this.store.find(target.vault, ids)
			.collectMap(Memory::id)
			.map((found) -> records.stream()
				.filter((uploaded) -> isThere(uploaded, found, target))
				.collect(Collectors.toSet()));
	}

	private static boolean isThere(UploadRecord uploaded, Map<String, Memory> found, Target target) {
		Memory memory = (uploaded.id() != null) ? found.get(uploaded.id()) : null;
		return memory != null && uploaded.isAlready(memory, target.session);
	}

	private Mono<Set<UploadRecord>> ingest(Target target, List<UploadRecord> records) {
		Instant now = this.clock.instant();
		List<Exchange> exchanges = records.stream()
			.map((uploaded) -> uploaded.toExchange(target.vault, target.session, now))
			.toList();
		return Mono.defer(() -> ingest(target.usage, exchanges)).retryWhen(RETRY).map((ingested) -> {
			Set<UploadRecord> stored = new HashSet<>();
			for (int i = 0; i < ingested.size(); i++) {
				if (!ingested.get(i).ids().isEmpty()) {
					stored.add(records.get(i));
				}
			}
			return stored;
		});
	}

	/** The cache has counted what is stored also when the client has gone away. */
	private Mono<List<Ingested>> ingest(RequestUsage usage, List<Exchange> exchanges) {
		return this.ingestor.ingestAll(exchanges)
			.doOnNext((ingested) -> usage.stored(ingested.stream().mapToInt(Ingested::added).sum()))
			.cache();
	}

	/**
	 * Where an upload goes.
	 *
	 * @param vault the vault
	 * @param session the session of lines that name none, or {@code null}
	 * @param usage counts the memories that are new
	 */
	record Target(VaultId vault, @Nullable SessionId session, RequestUsage usage) {

	}

	/** A line that was read: what it says, or what is wrong with it, or neither. */
	private record ReadLine(int number, @Nullable UploadRecord uploaded, @Nullable String error) {

		static ReadLine of(UploadLine line) {
			try {
				return new ReadLine(line.number(), UploadRecord.read(line), null);
			}
			catch (InvalidLineException ex) {
				return new ReadLine(line.number(), null, ex.getMessage());
			}
		}

		UploadReport.Line outcome(Set<UploadRecord> stored) {
			if (this.uploaded == null || stored.contains(this.uploaded)) {
				return new UploadReport.Line(this.number, this.uploaded != null, this.error);
			}
			return new UploadReport.Line(this.number, false, "nothing of the content can be stored");
		}

	}

}
