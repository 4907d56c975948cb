package io.memoryrouter.memory.autoconfigure;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabaseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why the folder of the embedded store cannot be used, and which property names it.
 */
final class EmbeddedDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedDatabaseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedDatabaseException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"The folder is set by the property memoryrouter.store.embedded.path.", cause);
	}

}
