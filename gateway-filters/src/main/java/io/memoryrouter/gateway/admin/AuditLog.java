package io.memoryrouter.gateway.admin;

import java.net.InetSocketAddress;

import io.memoryrouter.gateway.support.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The record of administration: a line, in the log {@value #LOGGER}, for each call that
 * changes something or was to. It says who, from where, what and how it ended; when is
 * the log's to say. Ids are in the path; secrets are in bodies, which are not looked at.
 */
final class AuditLog {

	static final String LOGGER = "io.memoryrouter.audit";

	private static final String TARGET = AuditLog.class.getName() + ".target";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private AuditLog() {
	}

	/**
	 * Names what a request has made, where its path does not.
	 * @param request the request
	 * @param id the id of what was made
	 */
	static void target(ServerRequest request, String id) {
		request.exchange().getAttributes().put(TARGET, id);
	}

	static void done(Administrator administrator, ServerRequest request, HttpStatusCode status) {
		write(administrator, request, String.valueOf(status.value()));
	}

	static void failed(Administrator administrator, ServerRequest request, Throwable ex) {
		int status = (ex instanceof ApiException error) ? error.error().status().value() : 500;
		write(administrator, request, String.valueOf(status));
	}

	/** Who goes away before the answer may have changed something all the same. */
	static void cancelled(Administrator administrator, ServerRequest request) {
		write(administrator, request, "cancelled");
	}

	private static void write(Administrator administrator, ServerRequest request, String status) {
		if (request.method() == HttpMethod.GET) {
			return;
		}
		Object target = request.exchange().getAttributes().get(TARGET);
		logger.atLevel(Level.INFO)
			.log("account={} subject={} from={} action=\"{} {}\" made={} status={}", plain(administrator.account()),
					plain(administrator.subject()), address(request), request.method(), plain(request.path()),
					(target != null) ? target : "-", status);
	}

	private static String address(ServerRequest request) {
		return request.remoteAddress().map(AuditLog::address).orElse("-");
	}

	/** What a proxy says in {@code Forwarded} is not resolved, and may be no address. */
	private static String address(InetSocketAddress address) {
		return (address.getAddress() != null) ? address.getAddress().getHostAddress() : plain(address.getHostString());
	}

	/** One entry is one line, whatever somebody calls themselves. */
	private static String plain(String text) {
		return text.replaceAll("[\\p{Cntrl}\\s\"]", "_");
	}

}
