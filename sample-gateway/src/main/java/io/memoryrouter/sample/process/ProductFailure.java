package io.memoryrouter.sample.process;

import org.jspecify.annotations.Nullable;

/**
 * Takes the product's own failures at their word: their messages are written for the
 * operator.
 */
final class ProductFailure {

	private static final String PACKAGE = "io.memoryrouter.";

	private ProductFailure() {
	}

	/**
	 * Finds what the product says of a failure.
	 * @param failure the failure
	 * @return the message of the first cause that is of a type of the product's, or that
	 * is a value which the product refused, or {@code null} if there is none
	 */
	static @Nullable String message(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null && (isOurs(cause.getClass().getName()) || isRefusedValue(cause))) {
				return cause.getMessage();
			}
		}
		return null;
	}

	private static boolean isRefusedValue(Throwable cause) {
		StackTraceElement[] frames = cause.getStackTrace();
		return cause instanceof IllegalArgumentException && frames.length > 0 && isOurs(frames[0].getClassName());
	}

	private static boolean isOurs(String type) {
		return type.startsWith(PACKAGE);
	}

}
