package io.memoryrouter.memory.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request that came with an idempotency key.
 *
 * @param fingerprint tells the request apart from others under the same key
 * @param answer what it was answered, or {@code null} as long as it was not: it is being
 * handled, or whoever handled it did not come to the end
 */
public record IdempotencyRecord(String fingerprint, @Nullable String answer) {

	/** Says nothing of the answer. */
	@Override
	public String toString() {
		return "IdempotencyRecord[answered=" + (this.answer != null) + "]";
	}

}
