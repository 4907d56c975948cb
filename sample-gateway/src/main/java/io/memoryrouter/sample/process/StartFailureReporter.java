package io.memoryrouter.sample.process;

import java.io.PrintStream;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * Says in one line on standard error why the process cannot start, in the place of the
 * report of several lines that Spring Boot logs. What neither a {@link FailureAnalyzer}
 * nor the product itself has words for is named by its root cause, and its stack trace is
 * logged.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

	private static final Log logger = LogFactory.getLog(StartFailureReporter.class);

	private final SpringFactoriesLoader factories;

	private final @Nullable ConfigurableApplicationContext context;

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
		this.factories = SpringFactoriesLoader
			.forDefaultResourceLocation((context != null) ? context.getClassLoader() : null);
	}

	@Override
	public boolean reportException(Throwable failure) {
		report(failure, System.err);
		return true;
	}

	void report(Throwable failure, PrintStream target) {
		String reason = reason(failure);
		target.println("memoryrouter cannot start: " + reason.strip().replaceAll("\\s+", " "));
		target.flush();
	}

	private String reason(Throwable failure) {
		FailureAnalysis analysis = analyze(failure);
		if (analysis != null) {
			return sentences(analysis.getDescription().strip(), analysis.getAction());
		}
		String message = ProductFailure.message(failure);
		if (message != null) {
			return message;
		}
		logger.error("The start failed", failure);
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		return root.getClass().getSimpleName() + ": " + root.getMessage() + " (the stack trace is in the log)";
	}

	private static String sentences(String description, @Nullable String action) {
		if (action == null || action.isBlank()) {
			return description;
		}
		return description + (description.endsWith(".") ? " " : ". ") + action;
	}

	private @Nullable FailureAnalysis analyze(Throwable failure) {
		return this.factories.load(FailureAnalyzer.class, arguments(), FailureHandler.logging(logger))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private @Nullable ArgumentResolver arguments() {
		if (this.context == null) {
			return null;
		}
		return ArgumentResolver.of(BeanFactory.class, this.context.getBeanFactory())
			.and(Environment.class, this.context.getEnvironment());
	}

}
