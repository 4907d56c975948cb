package io.memoryrouter.gateway.provider;

import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.request.RequestProviderKeys;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes the key that came with the request, for this one call: from
 * {@code X-Provider-Key}, else from where clients of the endpoint's family put theirs.
 */
public final class RequestProviderKeySource implements ProviderKeySource, Ordered {

	@Override
	public Mono<ProviderKey> find(Lookup lookup) {
		return Mono.fromCallable(() -> key(lookup));
	}

	private static @Nullable ProviderKey key(Lookup lookup) {
		if (lookup.hints().key() != null) {
			return lookup.hints().key();
		}
		for (CredentialPlace place : lookup.family().places()) {
			ProviderKey key = key(place, lookup.request());
			if (key != null) {
				return key;
			}
		}
		return null;
	}

	private static @Nullable ProviderKey key(CredentialPlace place, ServerHttpRequest request) {
		return place.tokens(request)
			.stream()
			.findFirst()
			.map((token) -> RequestProviderKeys.read(token, place.label()))
			.orElse(null);
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
