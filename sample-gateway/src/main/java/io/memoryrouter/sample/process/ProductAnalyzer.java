package io.memoryrouter.sample.process;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Takes the product's own exceptions at their word: their messages are written for the
 * operator.
 */
final class ProductAnalyzer implements FailureAnalyzer {

	private static final String PACKAGE = "io.memoryrouter.";

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause.getClass().getName().startsWith(PACKAGE) && cause.getMessage() != null) {
				return new FailureAnalysis(cause.getMessage(), null, cause);
			}
		}
		return null;
	}

}
