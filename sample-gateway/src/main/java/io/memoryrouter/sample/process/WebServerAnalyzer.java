package io.memoryrouter.sample.process;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the setting of a port that is taken, and what else keeps the server from
 * listening.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WebServerAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

	private final Environment environment;

	WebServerAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
		PortInUseException portInUse = findCause(cause, PortInUseException.class);
		if (portInUse != null) {
			return analyze(portInUse);
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
		return new FailureAnalysis("the web server cannot listen: " + root.getMessage() + ".",
				"Review the properties server.* and management.server.*", cause);
	}

	private FailureAnalysis analyze(PortInUseException cause) {
		String port = String.valueOf(cause.getPort());
		boolean management = port.equals(this.environment.getProperty("management.server.port"));
		String setting = management ? "MANAGEMENT_SERVER_PORT" : "SERVER_PORT";
		return new FailureAnalysis("port " + port + " is in use.",
				"Stop the process that listens on it, or choose another port with " + setting + ".", cause);
	}

}
