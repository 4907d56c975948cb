package io.memoryrouter.gateway.request;

import io.memoryrouter.gateway.support.MemoryHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The controls of a request, each with the places that it may stand in.
 */
enum Control {

	MODE(MemoryHeaders.MODE, "mode", "memory_mode"),

	MEMORY(null, "memory", "memory"),

	STORE(MemoryHeaders.STORE, "store", "memory_store"),

	STORE_RESPONSE(MemoryHeaders.STORE_RESPONSE, "store_response", "memory_store_response"),

	LIMIT(MemoryHeaders.CONTEXT_LIMIT, "limit", "memory_limit"),

	SCOPE(MemoryHeaders.SCOPE, "scope", "memory_scope"),

	DEBUG(MemoryHeaders.DEBUG, "debug", null),

	SESSION(MemoryHeaders.SESSION_ID, null, "session_id");

	private final @Nullable String header;

	private final @Nullable String parameter;

	private final @Nullable String field;

	Control(@Nullable String header, @Nullable String parameter, @Nullable String field) {
		this.header = header;
		this.parameter = parameter;
		this.field = field;
	}

	@Nullable String header() {
		return this.header;
	}

	@Nullable String parameter() {
		return this.parameter;
	}

	@Nullable String field() {
		return this.field;
	}

	/**
	 * Whether a query parameter is a control. It counts on the endpoints with memory
	 * only; elsewhere a parameter of the same name is the provider's.
	 */
	static boolean isParameter(String name) {
		return switch (name) {
			case "mode", "memory", "store", "store_response", "limit", "scope", "debug" -> true;
			default -> false;
		};
	}

}
