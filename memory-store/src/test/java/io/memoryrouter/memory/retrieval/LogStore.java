package io.memoryrouter.memory.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.PartialMemoryStore;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * As much of a store as recall reads: a compacted log in memory.
 */
class LogStore extends PartialMemoryStore {

	/** How often a log was read from its start. */
	final AtomicInteger wholeReads = new AtomicInteger();

	private final Map<VaultId, Log> logs = new LinkedHashMap<>();

	@Override
	public synchronized Mono<List<String>> append(VaultId vault, List<Memory> memories) {
		return Mono.just(memories.stream().filter(log(vault)::append).map(Memory::id).toList());
	}

	@Override
	public synchronized Flux<Change> changes(VaultId vault, long after) {
		return Flux.defer(() -> {
			if (after == 0) {
				this.wholeReads.incrementAndGet();
			}
			return Flux.fromIterable(changesNow(vault, after));
		});
	}

	synchronized List<Change> changesNow(VaultId vault, long after) {
		return log(vault).after(after);
	}

	@Override
	public synchronized Mono<Memory> replaceText(VaultId vault, String id, String text) {
		return Mono.justOrEmpty(log(vault).replaceText(id, text));
	}

	@Override
	public synchronized Mono<Boolean> delete(VaultId vault, String id) {
		return Mono.just(log(vault).delete(id));
	}

	@Override
	public synchronized Mono<Void> embed(VaultId vault, Map<Memory, Embedding> embeddings) {
		embeddings.forEach(log(vault)::embed);
		return Mono.empty();
	}

	private Log log(VaultId vault) {
		return this.logs.computeIfAbsent(vault, (key) -> new Log());
	}

	private static final class Log {

		private final Map<String, Change> last = new LinkedHashMap<>();

		private long position;

		private long sequence;

		boolean append(Memory memory) {
			if (this.last.get(memory.id()) instanceof Change.Put) {
				return false;
			}
			this.position++;
			this.sequence++;
			write(memory.id(), new Change.Put(this.position, this.sequence, memory, null));
			return true;
		}

		@Nullable Memory replaceText(String id, String text) {
			if (!(this.last.get(id) instanceof Change.Put put)) {
				return null;
			}
			Memory old = put.memory();
			Memory memory = new Memory(id, old.vault(), old.session(), old.role(), old.speaker(), text, old.createdAt(),
					old.partial());
			this.position++;
			write(id, new Change.Put(this.position, put.sequence(), memory, null));
			return memory;
		}

		void embed(Memory memory, Embedding embedding) {
			if (this.last.get(memory.id()) instanceof Change.Put put && put.memory().equals(memory)) {
				this.position++;
				write(memory.id(), new Change.Put(this.position, put.sequence(), memory, embedding));
			}
		}

		boolean delete(String id) {
			if (!(this.last.get(id) instanceof Change.Put)) {
				return false;
			}
			this.position++;
			write(id, new Change.Delete(this.position, id));
			return true;
		}

		List<Change> after(long after) {
			List<Change> changes = new ArrayList<>(this.last.values());
			changes.removeIf((change) -> change.position() <= after || (after == 0 && change instanceof Change.Delete));
			return changes;
		}

		private void write(String id, Change change) {
			this.last.remove(id);
			this.last.put(id, change);
		}

	}

}
