package io.memoryrouter.keys;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the repository knew not long ago, for the time when it cannot be asked.
 * Its span counts from the repository's last word and not from the last request, so that
 * an outage does not keep a key alive for ever.
 */
final class RecentKeys {

	private final Cache<String, KeyRecord> keys;

	RecentKeys(Duration span, int maxKeys, Ticker ticker) {
		this.keys = Caffeine.newBuilder().maximumSize(maxKeys).expireAfterWrite(span).ticker(ticker).build();
	}

	/**
	 * Notes what the repository said.
	 * @param hash the key's hash
	 * @param key the key, or {@code null} if there is none
	 */
	void confirm(String hash, @Nullable KeyRecord key) {
		if (key != null) {
			this.keys.put(hash, key);
		}
		else {
			this.keys.invalidate(hash);
		}
	}

	void forget(String id) {
		this.keys.asMap().values().removeIf((key) -> key.id().equals(id));
	}

	@Nullable KeyRecord find(String hash) {
		return this.keys.getIfPresent(hash);
	}

}
