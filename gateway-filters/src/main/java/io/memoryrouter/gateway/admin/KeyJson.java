package io.memoryrouter.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.memoryrouter.gateway.support.Rfc3339;
import io.memoryrouter.keys.KeyRecord;
import io.memoryrouter.keys.MemoryKeyManager.IssuedKey;
import io.memoryrouter.memory.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys as the endpoints show them.
 */
final class KeyJson {

	private KeyJson() {
	}

	/**
	 * What is known of a key.
	 * @param key the key
	 * @return the members
	 */
	static Map<String, @Nullable Object> of(KeyRecord key) {
		Map<String, @Nullable Object> json = members();
		json.put("id", key.id());
		json.put("name", key.name());
		json.put("vault", key.vault().value());
		json.put("read_vaults", key.readVaults().stream().map(VaultId::value).toList());
		json.put("mode", key.ceiling().name().toLowerCase(Locale.ROOT));
		json.put("created_at", Rfc3339.format(key.createdAt()));
		json.put("expires_at", Rfc3339.format(key.expiresAt()));
		json.put("revoked_at", Rfc3339.format(key.revokedAt()));
		return json;
	}

	/**
	 * A key that was just made, with the key itself.
	 * @param issued the key
	 * @return the members
	 */
	static Map<String, @Nullable Object> of(IssuedKey issued) {
		Map<String, @Nullable Object> json = of(issued.record());
		json.put("key", issued.key().reveal());
		return json;
	}

	static Map<String, @Nullable Object> members() {
		return new LinkedHashMap<>();
	}

}
