package io.memoryrouter.gateway.provider;

import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Hands a request for the list of models to a {@link ModelListHandler}, unless it is for
 * the route's own address. A key that comes along is the key of
 * <ol>
 * <li>the provider that {@code X-Provider} names;</li>
 * <li>Anthropic or Google, for their clients, which announce themselves in a header,
 * unless the provider below speaks the same API;</li>
 * <li>the route's provider, or else the default provider.</li>
 * </ol>
 * If there is none it is nobody's: a key is not sent where it may not belong.
 */
final class ModelListFilter implements GatewayFilter {

	private static final String PATH = "/v1/models";

	private final ProviderSelector selector;

	private final ModelListHandler handler;

	private final @Nullable Provider routeProvider;

	private final GatewayFilter others;

	/**
	 * Makes a filter.
	 * @param selector knows the providers
	 * @param handler answers the requests
	 * @param routeProvider the name of the route's own provider, or {@code null}
	 * @param others takes all other requests
	 * @throws IllegalArgumentException if there is no provider of that name
	 */
	ModelListFilter(ProviderSelector selector, ModelListHandler handler, @Nullable String routeProvider,
			GatewayFilter others) {
		this.selector = selector;
		this.handler = handler;
		this.routeProvider = (routeProvider != null) ? selector.require(routeProvider) : null;
		this.others = others;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!asksForList(exchange) || goesToRoute(exchange)) {
			return this.others.filter(exchange, chain);
		}
		return Mono.defer(() -> this.handler.handle(exchange, keyOwner(exchange)))
			.onErrorResume(ApiException.class, (ex) -> ApiErrors.end(exchange, ex));
	}

	private static boolean asksForList(ServerWebExchange exchange) {
		return HttpMethod.GET.equals(exchange.getRequest().getMethod())
				&& PATH.equals(Endpoint.of(exchange.getRequest()).path());
	}

	private boolean goesToRoute(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return ProviderHints.of(exchange).provider() == null && this.routeProvider == null
				&& ProviderSelector.isAddress(route.getUri());
	}

	private @Nullable Provider keyOwner(ServerWebExchange exchange) {
		String hint = ProviderHints.of(exchange).provider();
		if (hint != null) {
			return this.selector.byHint(hint);
		}
		Provider usual = (this.routeProvider != null) ? this.routeProvider : this.selector.defaultProvider();
		ProviderDialect family = ProviderDialect.of(Endpoint.of(exchange.getRequest()),
				exchange.getRequest().getHeaders());
		boolean speaksIt = usual != null && usual.dialect() == family;
		return switch (family) {
			case OPENAI -> usual;
			case ANTHROPIC -> speaksIt ? usual : this.selector.find(KnownProvider.ANTHROPIC);
			case GEMINI -> speaksIt ? usual : this.selector.find(KnownProvider.GOOGLE);
		};
	}

	@Override
	public String toString() {
		return this.others.toString();
	}

}
