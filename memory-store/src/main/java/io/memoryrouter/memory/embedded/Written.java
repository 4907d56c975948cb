package io.memoryrouter.memory.embedded;

import org.jspecify.annotations.Nullable;

/**
 * What came of a change.
 *
 * @param <T> the type of the result
 * @param result the result
 * @param end the position of the vault's last change, or 0 if nothing changed
 */
record Written<T extends @Nullable Object>(T result, long end) {

	static <T extends @Nullable Object> Written<T> nothing(T result) {
		return new Written<>(result, 0);
	}

}
