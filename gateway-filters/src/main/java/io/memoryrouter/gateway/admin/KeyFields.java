package io.memoryrouter.gateway.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.KeyChange;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a key is to be from a body. A field that is not known is refused: a typo
 * must not make a key that can do more than was meant.
 */
final class KeyFields {

	private static final Set<String> OF_A_NEW_KEY = Set.of("name", "vault", "read_vaults", "expires_at", "mode");

	/** A key points to its vault for good. */
	private static final Set<String> OF_A_CHANGE = Set.of("name", "read_vaults", "expires_at", "mode");

	private static final Set<String> OF_A_ROTATION = Set.of("grace");

	private static final Duration GRACE = Duration.ofHours(24);

	private static final Map<String, String> BY_PROPERTY = Map.of("readVaults", "read_vaults");

	private static final int MAX_NAME_LENGTH = 200;

	private static final String VAULT = "1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'";

	private final Map<String, Object> body;

	KeyFields(Map<String, Object> body) {
		this.body = body;
	}

	/**
	 * What a new key is to be.
	 * @param account the account that it is for
	 * @param now the time: a key does not expire before it is made
	 * @return what it is to be
	 * @throws ApiException naming the field that cannot be read
	 */
	MemoryKeyManager.KeyRequest toRequest(String account, Instant now) {
		requireKnown(OF_A_NEW_KEY);
		return new MemoryKeyManager.KeyRequest(account, name(), vault(), readVaults(), mode(), expiresAt(now));
	}

	/**
	 * What is to be different about a key. A field that is absent stays as it is; one of
	 * {@code null} becomes what a new key has without it (RFC 7396).
	 * @param now the time
	 * @return the change
	 * @throws ApiException naming the field that cannot be read, or if there is none
	 */
	KeyChange toChange(Instant now) {
		requireKnown(OF_A_CHANGE);
		if (this.body.isEmpty()) {
			throw ApiException.badRequest("invalid_request_body", "Nothing is to be changed. Send one of "
					+ String.join(", ", OF_A_CHANGE.stream().sorted().toList()), null);
		}
		return new KeyChange(changed("name", this::name), changed("mode", this::mode),
				changed("read_vaults", this::readVaults),
				changed("expires_at", () -> new KeyChange.Expiry(expiresAt(now))));
	}

	private <T> @Nullable T changed(String field, Supplier<T> value) {
		return this.body.containsKey(field) ? value.get() : null;
	}

	/**
	 * How long a key that is rotated stays valid.
	 * @return the time
	 * @throws ApiException if it cannot be read
	 */
	Duration toGrace() {
		requireKnown(OF_A_ROTATION);
		String text = text("grace");
		if (text == null) {
			return GRACE;
		}
		try {
			Duration grace = Duration.parse(text);
			if (!grace.isNegative() && grace.compareTo(MemoryKeyManager.MAX_GRACE) <= 0) {
				return grace;
			}
		}
		catch (DateTimeParseException ex) {
			// Refused below like one that is out of range.
		}
		throw invalid("grace", "has to be a duration of ISO 8601, from 'PT0S' to 'P"
				+ MemoryKeyManager.MAX_GRACE.toDays() + "D', for instance 'PT24H'");
	}

	/**
	 * The field that a property of a key is read from.
	 * @param property the property
	 * @return the field's name
	 */
	static String name(String property) {
		return BY_PROPERTY.getOrDefault(property, property);
	}

	private void requireKnown(Set<String> fields) {
		for (String field : this.body.keySet()) {
			if (!fields.contains(field)) {
				throw invalid(field,
						"is not known here; the fields are " + String.join(", ", fields.stream().sorted().toList()));
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
		return (vault != null) ? vault("vault", vault) : null;
	}

	private List<VaultId> readVaults() {
		Object value = this.body.get("read_vaults");
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?> list) || list.size() > KeyRecord.MAX_READ_VAULTS) {
			throw invalid("read_vaults",
					"has to be an array of at most " + KeyRecord.MAX_READ_VAULTS + " names of vaults");
		}
		List<VaultId> vaults = new ArrayList<>();
		for (Object item : list) {
			vaults.add(vault("read_vaults", (item instanceof String text) ? text : ""));
		}
		return vaults;
	}

	private static VaultId vault(String field, String value) {
		try {
			return new VaultId(value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(field, "has to be " + VAULT);
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
			return Rfc3339.parse(text);
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
