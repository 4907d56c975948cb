package io.memoryrouter.gateway.api.memories;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.PageLimit;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which page of which list is asked for. A cursor is the store's, which recognises its
 * own.
 *
 * @param vault the vault
 * @param filter which memories
 * @param cursor the store's cursor, or {@code null} for the first page
 * @param limit the greatest number of memories
 */
record ListRequest(VaultId vault, MemoryFilter filter, @Nullable String cursor, int limit) {

	private static final int MAX_WORDS_LENGTH = 1_000;

	/**
	 * Reads a request. Parameters that are not known are passed over.
	 * @param request the request
	 * @return what it asks for
	 * @throws ApiException if a parameter cannot be read, naming it
	 */
	static ListRequest of(ServerRequest request) {
		VaultId vault = MemoryCalls.vault(request);
		MemoryFilter filter = new MemoryFilter(session(request), role(request), words(request), time(request, "since"),
				time(request, "until"));
		return new ListRequest(vault, filter, request.queryParam("cursor").orElse(null), PageLimit.of(request));
	}

	/**
	 * A cursor is none of this list.
	 * @return an error that names the parameter
	 */
	static ApiException invalidCursor() {
		return MemoryCalls.invalid("cursor", "it is the 'next_cursor' of the same list, unchanged");
	}

	private static @Nullable SessionId session(ServerRequest request) {
		return request.queryParam("session_id").map((value) -> MemoryCalls.session(value, "session_id")).orElse(null);
	}

	private static @Nullable Role role(ServerRequest request) {
		return request.queryParam("role").map((value) -> role(value)).orElse(null);
	}

	private static Role role(String value) {
		return switch (value) {
			case "user" -> Role.USER;
			case "assistant" -> Role.ASSISTANT;
			default -> throw MemoryCalls.invalid("role", "it is 'user' or 'assistant'");
		};
	}

	private static @Nullable String words(ServerRequest request) {
		String words = request.queryParam("q").filter(StringUtils::hasText).orElse(null);
		if (words != null && words.length() > MAX_WORDS_LENGTH) {
			throw MemoryCalls.invalid("q", "it has at most " + MAX_WORDS_LENGTH + " characters");
		}
		return words;
	}

	private static @Nullable Instant time(ServerRequest request, String name) {
		String value = request.queryParam(name).orElse(null);
		if (value == null) {
			return null;
		}
		try {
			return Rfc3339.parse(value);
		}
		catch (DateTimeParseException ex) {
			throw MemoryCalls.invalid(name, "it is a time such as 2026-11-24T10:00:00Z");
		}
	}

}
