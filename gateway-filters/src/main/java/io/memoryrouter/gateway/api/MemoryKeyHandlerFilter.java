package io.memoryrouter.gateway.api;

import java.util.function.Function;

import io.memoryrouter.gateway.key.KeyContextResolver;
import io.memoryrouter.gateway.key.ServerMemoryKeyFailureHandler;
import io.memoryrouter.gateway.limit.EndpointRateLimit;
import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets the bearers of Memory Keys in to functional endpoints:
 *
 * <pre class="code">
 * RouterFunctions.route().GET("/v1/memory/…", this::handle).filter(filter).build()
 * </pre>
 *
 * <ol>
 * <li>The key is looked for in every place that may hold one, and checked. A handler
 * reads what it stands for with {@link #keyOf(ServerRequest)}.</li>
 * <li>A key that is missing or not accepted is answered by the failure handler, and the
 * handler is not called.</li>
 * <li>A key that makes too many requests is refused (429), where there is a limit.</li>
 * <li>An {@link ApiException} of the handler becomes an answer in the form of the
 * endpoint's family.</li>
 * </ol>
 */
public final class MemoryKeyHandlerFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private final KeyContextResolver keys;

	private final ServerMemoryKeyFailureHandler failureHandler;

	private final @Nullable EndpointRateLimit limit;

	/**
	 * Makes a filter.
	 * @param keys finds out whose memory a request may use
	 * @param failureHandler answers where that fails
	 * @param limit how many requests a key may make, or {@code null} if any number
	 */
	public MemoryKeyHandlerFilter(KeyContextResolver keys, ServerMemoryKeyFailureHandler failureHandler,
			@Nullable EndpointRateLimit limit) {
		this.keys = keys;
		this.failureHandler = failureHandler;
		this.limit = limit;
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		ServerWebExchange exchange = request.exchange();
		return this.keys.require(exchange)
			.map((key) -> handle(request, next))
			.onErrorResume((ex) -> Mono.just(answered(this.failureHandler.onFailure(exchange, ex))))
			// The handler is subscribed to here: its errors are not failures of the key.
			.flatMap(Function.identity());
	}

	private Mono<ServerResponse> handle(ServerRequest request, HandlerFunction<ServerResponse> next) {
		Mono<Void> allowed = (this.limit != null) ? this.limit.check(request.exchange()) : Mono.empty();
		return allowed.then(Mono.defer(() -> next.handle(request)))
			.onErrorResume(ApiException.class, (ex) -> answered(ApiErrors.answer(request.exchange(), ex)));
	}

	/** Nothing is left to be written. */
	private static Mono<ServerResponse> answered(Mono<Void> answer) {
		return answer.then(Mono.empty());
	}

	/**
	 * Whose memory a request may use.
	 * @param request a request that has passed the filter
	 * @return what its key stands for
	 */
	public static KeyContext keyOf(ServerRequest request) {
		KeyContext key = KeyContext.ATTRIBUTE.get(request.exchange());
		Assert.state(key != null, "The endpoint is not behind a MemoryKeyHandlerFilter");
		return key;
	}

}
