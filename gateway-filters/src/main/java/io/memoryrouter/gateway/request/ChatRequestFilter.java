package io.memoryrouter.gateway.request;

import java.net.URI;
import java.util.Map;

import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.Endpoint;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.gateway.support.MemoryOutcome;
import io.memoryrouter.gateway.support.MemoryReport;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Reads a request, once, and takes this product's own headers, query parameters and body
 * fields out of what is forwarded:
 * <ol>
 * <li>On an endpoint without memory a JSON body is read for its model alone; others are
 * not touched.</li>
 * <li>On one that has memory it is joined, scanned, and kept on the exchange as a
 * {@link ChatCall} until the response begins. When a filter of the route sends the
 * request again, what was read is used again.</li>
 * </ol>
 */
public final class ChatRequestFilter implements GatewayFilter {

	private final ChatRequestReader reader;

	public ChatRequestFilter(ChatRequestReader reader) {
		this.reader = reader;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Endpoint endpoint = Endpoint.of(exchange.getRequest());
		Mono<ServerWebExchange> forwarded = (endpoint.dialect() != null)
				? chatCall(exchange, endpoint).map((call) -> forwarded(exchange, call))
				: withoutMemory(exchange, endpoint);
		return forwarded.flatMap(chain::filter).onErrorResume(ApiException.class, (ex) -> ApiErrors.end(exchange, ex));
	}

	private Mono<ServerWebExchange> withoutMemory(ServerWebExchange exchange, Endpoint endpoint) {
		return passThroughBody(exchange, endpoint).map((body) -> {
			parseControls(exchange, body.request().controls());
			return OutgoingRequest.install(withoutOwn(exchange, false), body);
		}).switchIfEmpty(Mono.fromCallable(() -> {
			parseControls(exchange, Map.of());
			return withoutOwn(exchange, false);
		}));
	}

	private Mono<OutgoingBody> passThroughBody(ServerWebExchange exchange, Endpoint endpoint) {
		OutgoingBody known = OutgoingBody.ATTRIBUTE.get(exchange);
		if (known != null) {
			return Mono.just(OutgoingBody.of(known.request()));
		}
		return this.reader.readPassThrough(exchange, endpoint)
			.map(OutgoingBody::of)
			.doOnNext((body) -> forgetBeforeCommit(exchange));
	}

	/** What cannot be read is an error on every endpoint. */
	private static void parseControls(ServerWebExchange exchange, Map<String, String> fields) {
		ControlParser.parse(exchange.getRequest(), false, fields);
		MemoryReport report = MemoryReport.of(exchange);
		report.mode(MemoryPlan.OFF.mode());
		report.outcome(MemoryOutcome.OFF);
	}

	private Mono<ChatCall> chatCall(ServerWebExchange exchange, Endpoint endpoint) {
		ChatCall known = ChatCall.ATTRIBUTE.get(exchange);
		if (known != null) {
			return Mono.just(known);
		}
		return this.reader.read(exchange, endpoint).doOnNext((call) -> keep(exchange, call));
	}

	private static void keep(ServerWebExchange exchange, ChatCall call) {
		ChatCall.ATTRIBUTE.set(exchange, call);
		MemoryReport report = MemoryReport.of(exchange);
		report.mode(call.plan().mode());
		report.session(call.controls().session());
		forgetBeforeCommit(exchange);
	}

	private static void forgetBeforeCommit(ServerWebExchange exchange) {
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			ChatCall.ATTRIBUTE.remove(exchange);
			OutgoingBody.ATTRIBUTE.remove(exchange);
		}));
	}

	private static ServerWebExchange forwarded(ServerWebExchange exchange, ChatCall call) {
		return OutgoingRequest.install(withoutOwn(exchange, true), OutgoingBody.of(call.request()));
	}

	private static ServerWebExchange withoutOwn(ServerWebExchange exchange, boolean query) {
		ProviderHints.of(exchange);
		ServerHttpRequest.Builder request = exchange.getRequest().mutate().headers(ChatRequestFilter::removeOwn);
		if (query) {
			request.uri(QueryString.without(exchange.getRequest().getURI(), Control::isParameter));
			exchange.getAttributes()
				.computeIfPresent(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
						(name, url) -> QueryString.without((URI) url, Control::isParameter));
		}
		return exchange.mutate().request(request.build()).build();
	}

	private static void removeOwn(HttpHeaders headers) {
		headers.headerNames().stream().filter(MemoryHeaders::isOwn).toList().forEach(headers::remove);
	}

	@Override
	public String toString() {
		return "ChatRequestFilter";
	}

}
