package io.memoryrouter.gateway.api.memories;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * How a memory is written. {@code speaker} and {@code partial} are there only if there is
 * something to say.
 */
public final class MemoryJson {

	private MemoryJson() {
	}

	static Map<String, @Nullable Object> of(Memory memory) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("id", memory.id());
		json.put("role", role(memory));
		json.put("text", memory.text());
		json.put("session_id", (memory.session() != null) ? memory.session().value() : null);
		json.put("created_at", Rfc3339.format(memory.createdAt()));
		addDetails(json, memory);
		return json;
	}

	/**
	 * How the role of a memory is written.
	 * @param memory the memory
	 * @return the name
	 */
	public static String role(Memory memory) {
		return memory.role().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Adds what there is to say of a memory only now and then.
	 * @param json where it is added
	 * @param memory the memory
	 */
	public static void addDetails(Map<String, @Nullable Object> json, Memory memory) {
		if (memory.speaker() != null) {
			json.put("speaker", memory.speaker());
		}
		if (memory.partial()) {
			json.put("partial", true);
		}
	}

}
