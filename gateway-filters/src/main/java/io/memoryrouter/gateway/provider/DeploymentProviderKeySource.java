package io.memoryrouter.gateway.provider;

import io.memoryrouter.keys.provider.ProviderKey;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;

/**
 * Takes the deployment's own key for a provider, after all other sources.
 */
public final class DeploymentProviderKeySource implements ProviderKeySource, Ordered {

	@Override
	public Mono<ProviderKey> find(Lookup lookup) {
		return Mono.justOrEmpty(lookup.provider().key());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
