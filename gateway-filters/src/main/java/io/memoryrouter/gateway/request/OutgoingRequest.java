package io.memoryrouter.gateway.request;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request whose body is the exchange's {@link OutgoingBody}, as it is when it is sent:
 * it can be sent any number of times. The body is looked up on the exchange and not held,
 * so that it does not outlive its use while a stream goes on for minutes.
 */
final class OutgoingRequest extends ServerHttpRequestDecorator {

	private final ServerWebExchange exchange;

	private final HttpHeaders headers;

	private OutgoingRequest(ServerWebExchange exchange, ServerHttpRequest request, OutgoingBody body) {
		super(request);
		this.exchange = exchange;
		this.headers = HttpHeaders.copyOf(request.getHeaders());
		this.headers.remove(HttpHeaders.TRANSFER_ENCODING);
		this.headers.remove(HttpHeaders.EXPECT);
		this.headers.setContentLength(body.length());
	}

	/**
	 * Makes a body the exchange's.
	 * @param exchange the exchange
	 * @param body what is to go out
	 * @return the exchange whose request has that body
	 */
	static ServerWebExchange install(ServerWebExchange exchange, OutgoingBody body) {
		OutgoingBody.ATTRIBUTE.set(exchange, body);
		return exchange.mutate().request(new OutgoingRequest(exchange, exchange.getRequest(), body)).build();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.defer(() -> {
			OutgoingBody body = OutgoingBody.ATTRIBUTE.get(this.exchange);
			if (body == null) {
				return Flux
					.error(new IllegalStateException("The response has begun: the request cannot be sent again"));
			}
			return Flux.just(body.toBuffer(this.exchange.getResponse().bufferFactory()));
		});
	}

}
