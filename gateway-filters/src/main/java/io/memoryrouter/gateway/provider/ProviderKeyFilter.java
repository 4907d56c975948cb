package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.OutgoingBody;
import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.keys.provider.ProviderKey;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.gateway.support.MemoryReport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends a request to its provider, with the provider's key:
 * <ol>
 * <li>The {@link ProviderSelector} chooses the provider; its prefix is taken off the
 * model.</li>
 * <li>The {@link ProviderKeySource}s are asked for a key. If none has one and the
 * provider needs one, the request is refused.</li>
 * <li>The request gets the provider's address and its key, and loses every other
 * credential.</li>
 * <li>An answer that has not begun in the provider's time is given up.</li>
 * </ol>
 * A request for the route's own address goes there as the gateway would send it.
 */
public final class ProviderKeyFilter implements GatewayFilter {

	private final ProviderSelector selector;

	private final List<ProviderKeySource> keySources;

	private final @Nullable Provider routeProvider;

	/**
	 * Makes a filter.
	 * @param selector chooses the provider
	 * @param keySources find its key, in this order
	 * @param routeProvider the name of the route's own provider, or {@code null}
	 * @throws IllegalArgumentException if there is no provider of that name
	 */
	public ProviderKeyFilter(ProviderSelector selector, List<ProviderKeySource> keySources,
			@Nullable String routeProvider) {
		this.selector = selector;
		this.keySources = List.copyOf(keySources);
		this.routeProvider = (routeProvider != null) ? selector.require(routeProvider) : null;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		long start = System.nanoTime();
		return Mono.fromCallable(() -> this.selector.select(question(exchange)))
			.flatMap((selection) -> forward(exchange, chain, selection, start))
			.onErrorResume(ApiException.class, (ex) -> ApiErrors.end(exchange, ex));
	}

	private ProviderSelector.Question question(ServerWebExchange exchange) {
		ChatCall call = ChatCall.ATTRIBUTE.get(exchange);
		ProviderHints hints = hints(exchange);
		return new ProviderSelector.Question(model(exchange), call != null, hints.provider(), this.routeProvider,
				route(exchange).getUri());
	}

	private static @Nullable String model(ServerWebExchange exchange) {
		OutgoingBody body = OutgoingBody.ATTRIBUTE.get(exchange);
		String model = (body != null) ? body.request().model() : null;
		return (model != null) ? model : Endpoint.of(exchange.getRequest()).model();
	}

	private Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, ProviderSelection selection,
			long start) {
		MemoryReport report = MemoryReport.of(exchange);
		Provider provider = selection.provider();
		if (provider == null) {
			tell(exchange, route(exchange).getId(), model(exchange));
			report.workedSince(start);
			return chain.filter(toRoute(exchange));
		}
		tell(exchange, provider.name(), (selection.model() != null) ? selection.model() : model(exchange));
		return key(exchange, provider).map((key) -> toProvider(exchange, provider, selection.model(), key.orElse(null)))
			.doOnNext((forwarded) -> report.workedSince(start))
			.flatMap((forwarded) -> chain.filter(forwarded).timeout(provider.timeout(), tooSlow(provider.timeout())));
	}

	private static void tell(ServerWebExchange exchange, String provider, @Nullable String model) {
		MemoryReport.of(exchange).provider(provider);
		ProviderCall.ATTRIBUTE.set(exchange, new ProviderCall(provider, model));
	}

	private Mono<Optional<ProviderKey>> key(ServerWebExchange exchange, Provider provider) {
		ProviderKeySource.Lookup lookup = new ProviderKeySource.Lookup(provider, family(exchange),
				exchange.getRequest(), hints(exchange), KeyContext.ATTRIBUTE.get(exchange));
		return Flux.fromIterable(this.keySources)
			.concatMap((source) -> source.find(lookup))
			.next()
			.singleOptional()
			.doOnNext((key) -> {
				if (key.isEmpty() && provider.isKeyRequired()) {
					throw missingKey(provider);
				}
			});
	}

	private static ApiException missingKey(Provider provider) {
		return ApiException.unauthorized("missing_provider_key",
				"There is no key for the provider '" + provider.name()
						+ "'. Send it as 'X-Provider-Key', or as your client does by default with the Memory Key in "
						+ "'X-Memory-Key'; or store it once with PUT /v1/provider-keys/" + provider.name()
						+ "; or have the operator set memoryrouter.providers." + provider.name() + ".api-key");
	}

	private static ServerWebExchange toProvider(ServerWebExchange exchange, Provider provider, @Nullable String model,
			@Nullable ProviderKey key) {
		Endpoint endpoint = Endpoint.of(exchange.getRequest());
		ProviderDialect family = ProviderDialect.of(endpoint, exchange.getRequest().getHeaders());
		ServerHttpRequest request = ProviderRequests.authorize(exchange.getRequest(), provider, family, key);
		URI url = ProviderRequests.url(provider, family, (model != null) ? endpoint.withModel(model) : endpoint,
				request.getURI().getRawQuery());
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, url);
		exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR);
		ServerWebExchange addressed = exchange.mutate().request(request).build();
		return (model != null) ? OutgoingBody.change(addressed, (body) -> body.withModel(model)) : addressed;
	}

	private static ServerWebExchange toRoute(ServerWebExchange exchange) {
		ProviderKey key = hints(exchange).key();
		if (key == null) {
			return exchange;
		}
		ServerHttpRequest request = ProviderRequests.authorize(exchange.getRequest(), family(exchange), key);
		return exchange.mutate().request(request).build();
	}

	private static Mono<Void> tooSlow(Duration timeout) {
		return Mono.error(() -> {
			String message = "The provider did not begin to answer within " + timeout;
			return new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT, message, new TimeoutException(message));
		});
	}

	private static ProviderDialect family(ServerWebExchange exchange) {
		return ProviderDialect.of(Endpoint.of(exchange.getRequest()), exchange.getRequest().getHeaders());
	}

	private static ProviderHints hints(ServerWebExchange exchange) {
		ProviderHints hints = ProviderHints.ATTRIBUTE.get(exchange);
		return (hints != null) ? hints : ProviderHints.NONE;
	}

	private static Route route(ServerWebExchange exchange) {
		return exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
	}

	@Override
	public String toString() {
		return "ProviderKeyFilter";
	}

}
