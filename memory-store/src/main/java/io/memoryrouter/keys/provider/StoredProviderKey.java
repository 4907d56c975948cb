package io.memoryrouter.keys.provider;

import java.time.Instant;

/**
 * What may be said of a stored key. The key itself is not read back, but for a call.
 *
 * @param provider the provider that it is for
 * @param ending {@link ProviderKey#ending()}
 * @param updatedAt when it was stored, to the millisecond
 */
public record StoredProviderKey(String provider, String ending, Instant updatedAt) {

}
