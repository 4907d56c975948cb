package io.memoryrouter.gateway.request;

import java.util.Map;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.memory.RecallQuery;
import io.memoryrouter.memory.SessionId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Reads what a request asks of memory from its headers, its query and its body.
 */
final class ControlParser {

	private static final int MAX_LIMIT = 100;

	private static final String BOOLEAN = "'true' or 'false'";

	private ControlParser() {
	}

	/**
	 * Reads the controls.
	 * @param request the request
	 * @param queryCounts whether its query holds controls: on endpoints that have memory
	 * @param body the control fields of the body
	 * @return the controls
	 * @throws ApiException if a value cannot be read, naming the control
	 */
	static MemoryControls parse(ServerHttpRequest request, boolean queryCounts, Map<String, String> body) {
		String rawQuery = queryCounts ? request.getURI().getRawQuery() : null;
		ControlSources sources = new ControlSources(request.getHeaders(), rawQuery, body);
		Boolean storesMessage = sources.read(Control.STORE, ControlParser::bool, BOOLEAN);
		Boolean storesAnswer = sources.read(Control.STORE_RESPONSE, ControlParser::bool, BOOLEAN);
		Boolean debug = sources.read(Control.DEBUG, ControlParser::bool, BOOLEAN);
		Integer limit = sources.read(Control.LIMIT, ControlParser::limit, "a number from 1 to " + MAX_LIMIT);
		return new MemoryControls(mode(sources), storesMessage == null || storesMessage,
				storesAnswer == null || storesAnswer, limit, scope(sources), debug != null && debug, session(sources));
	}

	/**
	 * Reads the mode that the header asks for.
	 * @param request the request
	 * @return the mode
	 * @throws ApiException if it cannot be read
	 */
	static MemoryControls.Mode headerMode(ServerHttpRequest request) {
		MemoryControls.Mode mode = namedMode(new ControlSources(request.getHeaders(), null, Map.of()));
		return (mode != null) ? mode : MemoryControls.Mode.ON;
	}

	private static MemoryControls.@Nullable Mode namedMode(ControlSources sources) {
		return sources.read(Control.MODE, ControlParser::mode, "one of 'on', 'read', 'write', 'off' and 'dry-run'");
	}

	private static MemoryControls.Mode mode(ControlSources sources) {
		MemoryControls.Mode mode = namedMode(sources);
		Boolean memory = sources.read(Control.MEMORY, ControlParser::onOrOff, "'true', 'on', 'false' or 'off'");
		if (memory != null && !memory) {
			return MemoryControls.Mode.OFF;
		}
		return (mode != null) ? mode : MemoryControls.Mode.ON;
	}

	private static RecallQuery.Scope scope(ControlSources sources) {
		RecallQuery.Scope scope = sources.read(Control.SCOPE, ControlParser::scope, "'vault' or 'session'");
		return (scope != null) ? scope : RecallQuery.Scope.VAULT;
	}

	private static @Nullable SessionId session(ControlSources sources) {
		return sources.read(Control.SESSION, SessionId::new,
				"1 to " + SessionId.MAX_LENGTH + " printable ASCII characters that neither begin nor end with a space");
	}

	private static MemoryControls.@Nullable Mode mode(String value) {
		return switch (value) {
			case "on" -> MemoryControls.Mode.ON;
			case "read" -> MemoryControls.Mode.READ;
			case "write" -> MemoryControls.Mode.WRITE;
			case "off" -> MemoryControls.Mode.OFF;
			case "dry-run" -> MemoryControls.Mode.DRY_RUN;
			default -> null;
		};
	}

	private static RecallQuery.@Nullable Scope scope(String value) {
		return switch (value) {
			case "vault" -> RecallQuery.Scope.VAULT;
			case "session" -> RecallQuery.Scope.SESSION;
			default -> null;
		};
	}

	private static @Nullable Boolean bool(String value) {
		if (value.equalsIgnoreCase("true")) {
			return true;
		}
		return value.equalsIgnoreCase("false") ? false : null;
	}

	private static @Nullable Boolean onOrOff(String value) {
		return switch (value) {
			case "on" -> true;
			case "off" -> false;
			default -> bool(value);
		};
	}

	private static @Nullable Integer limit(String value) {
		int limit = Integer.parseInt(value);
		return (limit >= 1 && limit <= MAX_LIMIT) ? limit : null;
	}

}
