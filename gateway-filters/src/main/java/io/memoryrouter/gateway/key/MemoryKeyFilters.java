package io.memoryrouter.gateway.key;

import java.util.Map;

import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.FilterStage;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Makes the parts of the {@code MemoryKey} filter.
 */
public final class MemoryKeyFilters {

	private final ServerMemoryKeyConverter converter;

	private final ServerMemoryKeyAuthenticator authenticator;

	private final ServerMemoryKeyFailureHandler failureHandler;

	private final ChatRequestFilter requests;

	/**
	 * Takes what the filters work with.
	 * @param converter finds the key
	 * @param authenticator checks it
	 * @param failureHandler answers where that fails
	 * @param requests reads the request and keeps our own fields from the provider
	 */
	public MemoryKeyFilters(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator,
			ServerMemoryKeyFailureHandler failureHandler, ChatRequestFilter requests) {
		this.converter = converter;
		this.authenticator = authenticator;
		this.failureHandler = failureHandler;
		this.requests = requests;
	}

	/**
	 * The parts for a route.
	 * @param required whether a request without a Memory Key is refused
	 * @return what runs at which stage
	 */
	public Map<FilterStage, GatewayFilter> parts(boolean required) {
		return Map.of(FilterStage.KEY,
				new MemoryKeyFilter(this.converter, this.authenticator, this.failureHandler, required),
				FilterStage.READ, this.requests);
	}

}
