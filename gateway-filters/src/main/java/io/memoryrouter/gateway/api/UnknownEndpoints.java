package io.memoryrouter.gateway.api;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.support.ApiErrors;
import io.memoryrouter.gateway.support.ApiException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/**
 * Answers 404 to what stands under the paths of this product's endpoints and is none of
 * them. A route would take it for a provider's: a typing error would tell the provider
 * what was meant for memory.
 */
public final class UnknownEndpoints {

	/** Behind functional endpoints and beside controllers, before a gateway's routes. */
	private static final int ORDER = 0;

	private UnknownEndpoints() {
	}

	/**
	 * Makes a mapping.
	 * @param paths the paths; all below them belongs to them, also where slashes are
	 * doubled or encoded
	 * @return the mapping
	 */
	public static RouterFunctionMapping under(String... paths) {
		Pattern below = Pattern.compile(Stream.of(paths)
			.map((path) -> Pattern.quote(path).replace("/", "\\E/+\\Q"))
			.collect(Collectors.joining("|", "(?:", ")(?:[/;].*)?")), Pattern.DOTALL);
		RouterFunctionMapping mapping = new RouterFunctionMapping(RouterFunctions
			.route((request) -> below.matcher(request.uri().getPath()).matches(), UnknownEndpoints::answer));
		mapping.setOrder(ORDER);
		return mapping;
	}

	private static Mono<ServerResponse> answer(ServerRequest request) {
		ApiException unknown = new ApiException(new ApiError(HttpStatus.NOT_FOUND, "unknown_endpoint",
				"There is no such endpoint, or not with this method", null));
		return ApiErrors.answer(request.exchange(), unknown).then(Mono.empty());
	}

}
