package io.memoryrouter.gateway.api.memories;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.memory.MemoryFilter;
import io.memoryrouter.memory.MemoryIds;
import io.memoryrouter.memory.Role;
import io.memoryrouter.memory.SessionId;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which page of which list is asked for.
 * <p>
 * A cursor is the store's, behind a fingerprint of it, the vault and the filter: one that
 * was altered, or is another list's, is recognised.
 *
 * @param vault the vault
 * @param filter which memories
 * @param cursor the store's cursor, or {@code null} for the first page
 * @param limit the greatest number of memories
 */
record ListRequest(VaultId vault, MemoryFilter filter, @Nullable String cursor, int limit) {

	private static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 1_000;

	private static final int MAX_WORDS_LENGTH = 1_000;

	private static final int FINGERPRINT_LENGTH = 32;

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
		String cursor = request.queryParam("cursor").orElse(null);
		return new ListRequest(vault, filter, (cursor != null) ? open(cursor, vault, filter) : null, limit(request));
	}

	/**
	 * The cursor that a client is given.
	 * @param next the store's cursor, or {@code null} after the last page
	 * @return the cursor, or {@code null}
	 */
	@Nullable String toClientCursor(@Nullable String next) {
		return (next != null) ? fingerprint(next, this.vault, this.filter) + next : null;
	}

	/**
	 * A cursor is none of this list.
	 * @return an error that names the parameter
	 */
	static ApiException invalidCursor() {
		return MemoryCalls.invalid("cursor", "it is the 'next_cursor' of the same list, unchanged");
	}

	private static String open(String cursor, VaultId vault, MemoryFilter filter) {
		if (cursor.length() > FINGERPRINT_LENGTH) {
			String next = cursor.substring(FINGERPRINT_LENGTH);
			if (MessageDigest.isEqual(bytes(cursor.substring(0, FINGERPRINT_LENGTH)),
					bytes(fingerprint(next, vault, filter)))) {
				return next;
			}
		}
		throw invalidCursor();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String fingerprint(String cursor, VaultId vault, MemoryFilter filter) {
		return MemoryIds.fingerprint(cursor, vault.value(), part(filter.session()), part(filter.role()),
				part(filter.words()), part(filter.since()), part(filter.until()));
	}

	private static String part(@Nullable Object restriction) {
		return (restriction != null) ? restriction.toString() : "";
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

	private static int limit(ServerRequest request) {
		String value = request.queryParam("limit").orElse(String.valueOf(DEFAULT_LIMIT));
		try {
			int limit = Integer.parseInt(value);
			if (limit >= 1 && limit <= MAX_LIMIT) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Refused below like a number that is out of range.
		}
		throw MemoryCalls.invalid("limit", "it is a number from 1 to " + MAX_LIMIT);
	}

}
