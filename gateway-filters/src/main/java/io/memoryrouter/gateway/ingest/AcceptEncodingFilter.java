package io.memoryrouter.gateway.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.memoryrouter.gateway.request.ChatCall;
import io.memoryrouter.gateway.usage.RequestUsage;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where an answer is to be stored, or its tokens counted, asks the provider for an
 * encoding that can be read along: of what the client accepts, gzip, deflate and none.
 * What the provider sends goes to the client as it is.
 */
final class AcceptEncodingFilter implements GatewayFilter {

	private static final String IDENTITY = "identity";

	private static final List<String> READABLE = List.of("gzip", "x-gzip", "deflate", IDENTITY);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ChatCall call = ChatCall.ATTRIBUTE.get(exchange);
		String accepted = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING);
		if (call == null || accepted == null || !isReadAlong(exchange, call)) {
			return chain.filter(exchange);
		}
		String narrowed = narrow(
				String.join(",", exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT_ENCODING)));
		return chain.filter(exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.set(HttpHeaders.ACCEPT_ENCODING, narrowed)))
			.build());
	}

	/** A request without memory is proxied as it is, and counted as far as it goes. */
	private static boolean isReadAlong(ServerWebExchange exchange, ChatCall call) {
		boolean counted = !call.plan().isOff() && RequestUsage.of(exchange) != RequestUsage.NONE;
		return call.plan().stores() || counted;
	}

	/**
	 * Narrows what is accepted. An encoding that nobody names is refused by leaving it
	 * out; {@code *} is no encoding that could be read.
	 * @param accepted the value of {@code Accept-Encoding}
	 * @return what is left of it, {@code identity} if nothing is
	 */
	static String narrow(String accepted) {
		String readable = Arrays.stream(accepted.split(","))
			.map(String::strip)
			.filter((coding) -> READABLE.contains(name(coding)))
			.collect(Collectors.joining(", "));
		return readable.isEmpty() ? IDENTITY : readable;
	}

	private static String name(String coding) {
		int parameters = coding.indexOf(';');
		String name = (parameters >= 0) ? coding.substring(0, parameters) : coding;
		return name.strip().toLowerCase(Locale.ROOT);
	}

}
