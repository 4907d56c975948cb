package io.memoryrouter.memory.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.memory.Change;
import io.memoryrouter.memory.Embedding;
import io.memoryrouter.memory.Erasure;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryPage;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the topics of the contract share: a store that is waited for, and sample memories.
 */
abstract class Contract {

	static final Duration TIMEOUT = Duration.ofSeconds(60);

	static final VaultId VAULT = new VaultId("vault_one");

	static final VaultId OTHER_VAULT = new VaultId("vault_two");

	static final SessionId SESSION = new SessionId("session one");

	static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	abstract StoreFixture fixture();

	final MemoryStore store() {
		return fixture().store();
	}

	final List<String> append(VaultId vault, Memory... memories) {
		return await(store().append(vault, List.of(memories)));
	}

	final List<Change> changes(VaultId vault, long after) {
		return await(store().changes(vault, after).collectList());
	}

	final Change.Put onlyPut(VaultId vault) {
		List<Change> changes = changes(vault, 0);
		assertThat(changes).hasSize(1);
		return (Change.Put) changes.get(0);
	}

	final long end(VaultId vault) {
		List<Change> changes = changes(vault, 0);
		return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).position();
	}

	final List<Memory> find(VaultId vault, String... ids) {
		return await(store().find(vault, List.of(ids)).collectList());
	}

	final List<MemoryStore.PendingEmbedding> pending(String model, int limit) {
		return await(store().pending(model, limit).collectList());
	}

	final void embed(Memory memory, Embedding embedding) {
		store().embed(memory.vault(), Map.of(memory, embedding)).block(TIMEOUT);
	}

	final Erasure erase(VaultId vault, @Nullable SessionId session) {
		return await(store().erase(vault, session));
	}

	final MemoryPage page(MemoryFilter filter, @Nullable String cursor, int limit) {
		return await(store().list(VAULT, filter, cursor, limit));
	}

	final List<Memory> listAll(VaultId vault, MemoryFilter filter, int pageSize) {
		List<Memory> listed = new ArrayList<>();
		String cursor = null;
		do {
			MemoryPage page = await(store().list(vault, filter, cursor, pageSize));
			assertThat(page.memories()).hasSizeLessThanOrEqualTo(pageSize);
			listed.addAll(page.memories());
			cursor = page.nextCursor();
		}
		while (cursor != null);
		return listed;
	}

	final List<String> idsOf(MemoryFilter filter) {
		return ids(listAll(VAULT, filter, 1_000));
	}

	static List<String> ids(List<Memory> memories) {
		return memories.stream().map(Memory::id).toList();
	}

	/**
	 * What somebody knows who has followed a log.
	 * @param known what was known before
	 * @param changes the changes since
	 * @return memories by id
	 */
	static Map<String, Change.Put> replay(Map<String, Change.Put> known, List<Change> changes) {
		Map<String, Change.Put> replayed = new LinkedHashMap<>(known);
		for (Change change : changes) {
			if (change instanceof Change.Put put) {
				replayed.put(put.memory().id(), put);
			}
			else if (change instanceof Change.Delete delete) {
				replayed.remove(delete.id());
			}
		}
		return replayed;
	}

	static <T> T await(Mono<T> mono) {
		T result = mono.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	static Memory memory(String id, String text) {
		return memory(VAULT, id, text);
	}

	static Memory memory(VaultId vault, String id, String text) {
		return new Memory(id, vault, SESSION, Role.USER, null, text, NOON, false);
	}

	static Memory at(String id, Instant createdAt) {
		return new Memory(id, VAULT, SESSION, Role.USER, null, "text of " + id, createdAt, false);
	}

	static Memory in(@Nullable SessionId session, String id, Instant createdAt) {
		return new Memory(id, VAULT, session, Role.USER, null, "text of " + id, createdAt, false);
	}

	static Embedding embedding(String model, float... vector) {
		return new Embedding(model, vector);
	}

}
