package io.memoryrouter.gateway.chat.error;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error that this product answers itself, before a dialect gives it a form.
 *
 * @param status the status
 * @param code a stable, machine-readable word, for instance {@code invalid_memory_key}
 * @param message what is wrong and how to mend it; never holds a secret
 * @param param the field or header that is meant, or {@code null}
 */
public record ApiError(HttpStatus status, String code, String message, @Nullable String param) {

}
