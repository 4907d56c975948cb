package io.memoryrouter.gateway.request;

import java.util.List;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.ExchangeAttribute;
import io.memoryrouter.gateway.support.MemoryHeaders;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a request says of its provider in headers that are not forwarded.
 *
 * @param provider the provider that {@code X-Provider} names, or {@code null}
 * @param key the key in {@code X-Provider-Key}, or {@code null}
 */
public record ProviderHints(@Nullable String provider, @Nullable ProviderKey key) {

	/** Where they stand on the exchange. */
	public static final ExchangeAttribute<ProviderHints> ATTRIBUTE = ExchangeAttribute.of(ProviderHints.class);

	/** Nothing is said. */
	public static final ProviderHints NONE = new ProviderHints(null, null);

	/**
	 * What the request of an exchange says. It is read once and kept, since the headers
	 * go.
	 * @param exchange the exchange
	 * @return the hints
	 * @throws ApiException if a header cannot be read
	 */
	public static ProviderHints of(ServerWebExchange exchange) {
		ProviderHints known = ATTRIBUTE.get(exchange);
		if (known != null) {
			return known;
		}
		ProviderHints hints = read(exchange.getRequest().getHeaders());
		ATTRIBUTE.set(exchange, hints);
		return hints;
	}

	private static ProviderHints read(HttpHeaders headers) {
		String key = only(headers, MemoryHeaders.PROVIDER_KEY);
		return new ProviderHints(only(headers, MemoryHeaders.PROVIDER),
				(key != null) ? RequestProviderKeys.read(key, MemoryHeaders.PROVIDER_KEY) : null);
	}

	private static @Nullable String only(HttpHeaders headers, String name) {
		List<String> values = headers.getOrEmpty(name).stream().map(String::strip).distinct().toList();
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1 || values.get(0).isEmpty()) {
			throw ApiException.badRequest("invalid_header", "'" + name + "' has to hold one value, or be left out",
					name);
		}
		return values.get(0);
	}

}
