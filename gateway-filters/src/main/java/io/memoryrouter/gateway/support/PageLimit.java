package io.memoryrouter.gateway.support;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The {@code limit} of a request for a page of a list: how many items it has at most.
 */
public final class PageLimit {

	private static final int DEFAULT = 100;

	private static final int MAX = 1_000;

	private PageLimit() {
	}

	/**
	 * Reads the limit of a request.
	 * @param request the request
	 * @return from 1 to 1,000; 100 if the request does not say
	 * @throws ApiException if it is anything else
	 */
	public static int of(ServerRequest request) {
		return request.queryParam("limit").map(PageLimit::parse).orElse(DEFAULT);
	}

	private static int parse(String value) {
		try {
			int limit = Integer.parseInt(value);
			if (limit >= 1 && limit <= MAX) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Refused below like a number that is out of range.
		}
		throw ApiException.badRequest("invalid_parameter", "'limit' cannot be read: it is a number from 1 to " + MAX,
				"limit");
	}

}
