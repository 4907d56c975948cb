package io.memoryrouter.gateway.support;

import java.time.Duration;

import io.memoryrouter.gateway.chat.error.ApiError;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request ends with an error of this product's own. Has no stack trace: it is an
 * answer, not a fault.
 */
public final class ApiException extends RuntimeException {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final ApiError error;

	private final @Nullable Duration retryAfter;

	public ApiException(ApiError error) {
		this(error, null, null);
	}

	/**
	 * An error that has a cause.
	 * @param error what the client is told
	 * @param retryAfter when to try again, or {@code null} if that would not help
	 * @param cause what happened, for the log; the client is not told
	 */
	public ApiException(ApiError error, @Nullable Duration retryAfter, @Nullable Throwable cause) {
		super(error.message(), cause, false, false);
		this.error = error;
		this.retryAfter = retryAfter;
	}

	/**
	 * A request that is wrong in itself.
	 * @param code a stable, machine-readable word
	 * @param message what is wrong and how to mend it
	 * @param param the field or header that is meant, or {@code null}
	 * @return an error of status 400
	 */
	public static ApiException badRequest(String code, String message, @Nullable String param) {
		return new ApiException(new ApiError(HttpStatus.BAD_REQUEST, code, message, param));
	}

	/**
	 * A request that lacks a valid credential.
	 * @param code a stable, machine-readable word
	 * @param message what is wrong and how to mend it
	 * @return an error of status 401
	 */
	public static ApiException unauthorized(String code, String message) {
		return new ApiException(new ApiError(HttpStatus.UNAUTHORIZED, code, message, null));
	}

	/**
	 * A request that cannot be served at the moment.
	 * @param code a stable, machine-readable word
	 * @param message what is wrong and how to mend it
	 * @param cause what happened, or {@code null}
	 * @return an error of status 503, to be tried again in five seconds
	 */
	public static ApiException unavailable(String code, String message, @Nullable Throwable cause) {
		return new ApiException(new ApiError(HttpStatus.SERVICE_UNAVAILABLE, code, message, null), RETRY_AFTER, cause);
	}

	/**
	 * What the client is told.
	 * @return the error
	 */
	public ApiError error() {
		return this.error;
	}

	/**
	 * When to try again.
	 * @return the time from now, or {@code null} if that would not help
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
