package io.memoryrouter.gateway.api;

import java.util.List;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.memory.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads the header {@code Idempotency-Key}.
 */
final class IdempotencyKey {

	static final String HEADER = "Idempotency-Key";

	private IdempotencyKey() {
	}

	/**
	 * Reads the header.
	 * @param headers the request's headers
	 * @return the key, or {@code null} if there is none
	 * @throws ApiException if it is no key
	 */
	static @Nullable String of(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(HEADER).stream().distinct().toList();
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1 || !isKey(values.get(0))) {
			throw ApiException.badRequest("invalid_idempotency_key", "'" + HEADER + "' has to be one text of 1 to "
					+ IdempotencyStore.MAX_KEY_LENGTH + " printable ASCII characters", HEADER);
		}
		return values.get(0);
	}

	private static boolean isKey(String value) {
		return !value.isBlank() && value.length() <= IdempotencyStore.MAX_KEY_LENGTH
				&& value.chars().allMatch((character) -> character >= 0x20 && character <= 0x7e);
	}

}
