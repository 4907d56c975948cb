package io.memoryrouter.keys;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for a key.
 *
 * @param key what is known of it, or {@code null} if there is no such key
 * @param confirmed whether the repository said so, and not our memory of it
 */
record KeyLookup(@Nullable KeyRecord key, boolean confirmed) {

	/** There is no such key. */
	static final KeyLookup NONE = new KeyLookup(null, true);

	static KeyLookup of(KeyRecord key) {
		return new KeyLookup(key, true);
	}

	static KeyLookup unconfirmed(KeyRecord key) {
		return new KeyLookup(key, false);
	}

	static Expiry<String, KeyLookup> expiry(Duration confirmed, Duration unconfirmed) {
		return Expiry.creating((hash, lookup) -> lookup.confirmed ? confirmed : unconfirmed);
	}

}
