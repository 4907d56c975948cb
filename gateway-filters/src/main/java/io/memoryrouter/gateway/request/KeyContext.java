package io.memoryrouter.gateway.request;

import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.keys.KeyMode;
import io.memoryrouter.keys.KeyRecord;

/**
 * Whose memory a request may use, and how far. The {@code MemoryKey} filter sets it; a
 * gateway that knows its users by other means may set it itself, with a filter of an
 * order below {@code -1000}.
 *
 * @param key the key that was presented
 * @param allowed what the key and its suffix both allow
 */
public record KeyContext(KeyRecord key, KeyMode allowed) {

	/** Where it stands on the exchange. */
	public static final ExchangeAttribute<KeyContext> ATTRIBUTE = ExchangeAttribute.of(KeyContext.class);

}
