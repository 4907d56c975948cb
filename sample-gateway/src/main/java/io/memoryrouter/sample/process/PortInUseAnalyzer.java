package io.memoryrouter.sample.process;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the setting of the port that is taken.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	private final Environment environment;

	PortInUseAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		String port = String.valueOf(cause.getPort());
		boolean management = port.equals(this.environment.getProperty("management.server.port"));
		String setting = management ? "MANAGEMENT_SERVER_PORT" : "SERVER_PORT";
		return new FailureAnalysis("port " + port + " is in use.",
				"Stop the process that listens on it, or choose another port with " + setting + ".", cause);
	}

}
