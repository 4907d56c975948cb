package io.memoryrouter.gateway.key;

import java.util.List;

import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.Endpoint;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes a key out of the query before anything else sees the request, and puts it where
 * the same clients may put it as well, into the header {@code x-goog-api-key}. Spring
 * writes the query of a request into its log when an answer breaks off, at {@code error},
 * and headers never. Only under {@code /v1} and {@code /v1beta}, and only for a gateway
 * all of whose routes there lead to providers: a parameter {@code key} of another API
 * would be moved too.
 */
public final class QueryKeyDecoratorFactory implements HttpHandlerDecoratorFactory {

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> handler.handle(withoutQueryKey(request), response);
	}

	private static ServerHttpRequest withoutQueryKey(ServerHttpRequest request) {
		List<String> keys = CredentialPlace.QUERY.tokens(request);
		boolean movable = !keys.isEmpty() && !Endpoint.of(request).version().isEmpty()
				&& keys.stream().allMatch(QueryKeyDecoratorFactory::isHeaderValue);
		if (!movable) {
			return request;
		}
		String header = CredentialPlace.X_GOOG_API_KEY.label();
		return CredentialPlace.QUERY.removeFrom(request)
			.mutate()
			.headers((headers) -> headers.addAll(header, keys))
			.build();
	}

	private static boolean isHeaderValue(String key) {
		return key.chars().allMatch((character) -> character > ' ' && character < 0x7f);
	}

}
