package io.memoryrouter.gateway.admin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.MemoryKeyService;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a new key is to be from the body of {@code POST /v1/keys}. A field that is
 * not known is refused: a typo must not make a key that can do more than was meant.
 */
final class KeyCreation {

	private static final Set<String> FIELDS = Set.of("name", "vault", "expires_at", "mode");

	private static final int MAX_NAME_LENGTH = 200;

	private final Map<String, Object> body;

	private KeyCreation(Map<String, Object> body) {
		this.body = body;
	}

	/**
	 * Reads the body.
	 * @param account the account that the key is for
	 * @param body the body's members
	 * @param now the time: a key does not expire before it is made
	 * @return what the key is to be
	 * @throws ApiException naming the field that cannot be read
	 */
	static MemoryKeyService.KeyRequest read(String account, Map<String, Object> body, Instant now) {
		KeyCreation creation = new KeyCreation(body);
		creation.requireKnownFields();
		return new MemoryKeyService.KeyRequest(account, creation.name(), creation.vault(), creation.mode(),
				creation.expiresAt(now));
	}

	private void requireKnownFields() {
		for (String field : this.body.keySet()) {
			if (!FIELDS.contains(field)) {
				throw invalid(field, "is not known here; the fields are name, vault, expires_at and mode");
			}
		}
	}

	private String name() {
		String name = text("name");
		if (name == null || name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw invalid("name", "has to be a text of 1 to " + MAX_NAME_LENGTH + " characters");
		}
		return name;
	}

	private @Nullable VaultId vault() {
		String vault = text("vault");
		try {
			return (vault != null) ? new VaultId(vault) : null;
		}
		catch (IllegalArgumentException ex) {
			throw invalid("vault", "has to be 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'");
		}
	}

	private KeyMode mode() {
		String mode = text("mode");
		if (mode == null) {
			return KeyMode.ON;
		}
		return switch (mode) {
			case "on" -> KeyMode.ON;
			case "read" -> KeyMode.READ;
			case "write" -> KeyMode.WRITE;
			case "off" -> KeyMode.OFF;
			default -> throw invalid("mode", "has to be 'on', 'read', 'write' or 'off'");
		};
	}

	private @Nullable Instant expiresAt(Instant now) {
		String text = text("expires_at");
		if (text == null) {
			return null;
		}
		Instant expiresAt = parse(text);
		if (!expiresAt.isAfter(now)) {
			throw invalid("expires_at", "has to lie in the future");
		}
		return expiresAt;
	}

	private static Instant parse(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			throw invalid("expires_at", "has to be a time of RFC 3339, for instance '2027-01-31T00:00:00Z'");
		}
	}

	private @Nullable String text(String field) {
		Object value = this.body.get(field);
		if (value == null || value instanceof String) {
			return (String) value;
		}
		throw invalid(field, "has to be a text");
	}

	private static ApiException invalid(String field, String reason) {
		return ApiException.badRequest("invalid_field", "'" + field + "' " + reason, field);
	}

}
