package io.memoryrouter.gateway.provider;

import io.memoryrouter.gateway.request.KeyContext;
import io.memoryrouter.gateway.request.ProviderHints;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A place where the key for a provider may be found. The sources are asked in their order
 * until one has a key.
 */
@FunctionalInterface
public interface ProviderKeySource {

	/**
	 * Looks for a key.
	 * @param lookup for what
	 * @return the key; empty if this source has none
	 */
	Mono<ProviderKey> find(Lookup lookup);

	/**
	 * What a key is looked for.
	 *
	 * @param provider the provider that is to be called
	 * @param family the family of the endpoint
	 * @param request the request, without Memory Keys
	 * @param hints what it said in headers of ours
	 * @param key whose memory it may use, or {@code null} if it goes without
	 */
	record Lookup(Provider provider, ProviderDialect family, ServerHttpRequest request, ProviderHints hints,
			@Nullable KeyContext key) {

	}

}
