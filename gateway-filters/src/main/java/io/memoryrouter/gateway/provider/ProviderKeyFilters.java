package io.memoryrouter.gateway.provider;

import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.FilterStage;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Makes the parts of the {@code ProviderKey} filter.
 */
public final class ProviderKeyFilters {

	private final ProviderSelector selector;

	private final List<ProviderKeySource> keySources;

	private final ChatRequestFilter requests;

	private final @Nullable ModelListHandler models;

	/**
	 * Takes what the filters work with.
	 * @param selector chooses the provider
	 * @param keySources find its key, in this order
	 * @param requests reads the request
	 * @param models answers requests for the list of models; {@code null} to send them to
	 * the route's provider
	 */
	public ProviderKeyFilters(ProviderSelector selector, List<ProviderKeySource> keySources, ChatRequestFilter requests,
			@Nullable ModelListHandler models) {
		this.selector = selector;
		this.keySources = List.copyOf(keySources);
		this.requests = requests;
		this.models = models;
	}

	/**
	 * The parts for a route.
	 * @param provider the name of the route's own provider, or {@code null}
	 * @return what runs at which stage
	 * @throws IllegalArgumentException if there is no provider of that name
	 */
	public Map<FilterStage, GatewayFilter> parts(@Nullable String provider) {
		GatewayFilter toProvider = new ProviderKeyFilter(this.selector, this.keySources, provider);
		return Map.of(FilterStage.READ, this.requests, FilterStage.PROVIDER, (this.models != null)
				? new ModelListFilter(this.selector, this.models, provider, toProvider) : toProvider);
	}

}
