package io.memoryrouter.sample.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.keys.MemoryKey;
import io.memoryrouter.keys.embedded.EmbeddedKeyRepository;
import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryPage;
import io.memoryrouter.memory.MemoryStore;
import io.memoryrouter.memory.VaultId;
import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import io.memoryrouter.memory.embedded.EmbeddedMemoryStore;

/**
 * Looks into the folder of a gateway that is not running.
 */
public final class StoredMemories {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int PAGE = 1000;

	private StoredMemories() {
	}

	/**
	 * All memories of the vault of a key.
	 * @param folder the folder of the embedded store
	 * @param memoryKey the Memory Key
	 * @return the memories, newest first
	 */
	public static List<Memory> of(Path folder, String memoryKey) {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
			return list(new EmbeddedMemoryStore(database), vault(database, MemoryKey.parse(memoryKey)));
		}
	}

	private static List<Memory> list(MemoryStore store, VaultId vault) {
		List<Memory> memories = new ArrayList<>();
		String cursor = null;
		do {
			MemoryPage page = store.list(vault, MemoryFilter.ALL, cursor, PAGE).blockOptional(PATIENCE).orElseThrow();
			memories.addAll(page.memories());
			cursor = page.nextCursor();
		}
		while (cursor != null);
		return memories;
	}

	private static VaultId vault(EmbeddedDatabase database, MemoryKey key) {
		return new EmbeddedKeyRepository(database).findByHash(key.hash()).blockOptional(PATIENCE).orElseThrow().vault();
	}

}
