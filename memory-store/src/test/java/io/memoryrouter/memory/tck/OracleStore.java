package io.memoryrouter.memory.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.memory.Memory;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * A store of a few lines, to be right rather than good: everything is looked through each
 * time.
 */
final class OracleStore {

	private final Map<VaultId, Map<String, Entry>> vaults = new HashMap<>();

	private long arrivals;

	Map<String, Entry> vault(VaultId vault) {
		return this.vaults.computeIfAbsent(vault, (key) -> new LinkedHashMap<>());
	}

	List<String> append(VaultId vault, List<Memory> memories) {
		List<String> added = new ArrayList<>();
		for (Memory memory : memories) {
			if (vault(vault).putIfAbsent(memory.id(), new Entry(this.arrivals++, memory, null)) == null) {
				added.add(memory.id());
			}
		}
		return added;
	}

	boolean replaceText(VaultId vault, String id, String text) {
		return vault(vault).computeIfPresent(id,
				(key, entry) -> new Entry(
						entry.arrival, new Memory(id, vault, entry.memory.session(), entry.memory.role(),
								entry.memory.speaker(), text, entry.memory.createdAt(), entry.memory.partial()),
						null)) != null;
	}

	void embed(Memory memory, float[] vector) {
		vault(memory.vault()).computeIfPresent(memory.id(), (key, entry) -> entry.memory.text().equals(memory.text())
				? new Entry(entry.arrival, entry.memory, vector) : entry);
	}

	boolean delete(VaultId vault, String id) {
		return vault(vault).remove(id) != null;
	}

	int erase(VaultId vault, @Nullable SessionId session) {
		int before = vault(vault).size();
		vault(vault).values().removeIf((entry) -> session == null || session.equals(entry.memory.session()));
		return before - vault(vault).size();
	}

	List<Memory> list(VaultId vault, MemoryFilter filter) {
		return vault(vault).values()
			.stream()
			.filter((entry) -> fits(entry.memory, filter))
			.sorted(Comparator.comparing((Entry entry) -> entry.memory.createdAt())
				.thenComparing(Entry::arrival)
				.reversed())
			.map(Entry::memory)
			.toList();
	}

	private static boolean fits(Memory memory, MemoryFilter filter) {
		return (filter.session() == null || filter.session().equals(memory.session()))
				&& (filter.role() == null || filter.role() == memory.role())
				&& (filter.words() == null || words(memory.text()).containsAll(words(filter.words())))
				&& (filter.since() == null || !memory.createdAt().isBefore(filter.since()))
				&& (filter.until() == null || memory.createdAt().isBefore(filter.until()));
	}

	private static List<String> words(String text) {
		return Arrays.asList(text.toLowerCase(Locale.ROOT).split(" "));
	}

	/**
	 * What is stored.
	 *
	 * @param arrival tells equal times apart
	 * @param memory the memory
	 * @param vector its vector, or {@code null}
	 */
	record Entry(long arrival, Memory memory, float @Nullable [] vector) {

	}

}
