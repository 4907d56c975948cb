package io.memoryrouter.gateway.key;

import java.util.Map;

import io.memoryrouter.gateway.key.claim.UserTokenAuthenticator;
import io.memoryrouter.gateway.key.claim.VaultClaims;
import io.memoryrouter.gateway.request.ChatRequestFilter;
import io.memoryrouter.gateway.support.FilterStage;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.util.Assert;

/**
 * Makes the parts of the {@code MemoryKey} filter.
 */
public final class MemoryKeyFilters {

	private final ServerMemoryKeyConverter converter;

	private final ServerMemoryKeyAuthenticator authenticator;

	private final @Nullable VaultClaims users;

	private final ServerMemoryKeyFailureHandler failureHandler;

	private final ChatRequestFilter requests;

	/**
	 * Takes what the filters work with.
	 * @param converter finds the key
	 * @param authenticator checks it
	 * @param users knows users by an identity provider's tokens; {@code null} if none is
	 * configured
	 * @param failureHandler answers where that fails
	 * @param requests reads the request and keeps our own fields from the provider
	 */
	public MemoryKeyFilters(ServerMemoryKeyConverter converter, ServerMemoryKeyAuthenticator authenticator,
			@Nullable VaultClaims users, ServerMemoryKeyFailureHandler failureHandler, ChatRequestFilter requests) {
		this.converter = converter;
		this.authenticator = authenticator;
		this.users = users;
		this.failureHandler = failureHandler;
		this.requests = requests;
	}

	/**
	 * The parts for a route.
	 * @param required whether a request without a Memory Key is refused
	 * @param vaultClaim the claim of a token that names its bearer's vault, or
	 * {@code null} for the default one
	 * @return what runs at which stage
	 * @throws IllegalArgumentException if the claim cannot tell users apart, or no
	 * identity provider is configured
	 */
	public Map<FilterStage, GatewayFilter> parts(boolean required, @Nullable String vaultClaim) {
		Assert.isTrue(vaultClaim == null || this.users != null,
				"A route has a vaultClaim: that takes memoryrouter.jwt.issuer, audience and jwks-uri");
		UserTokenAuthenticator tokens = (this.users != null) ? this.users.on(vaultClaim) : null;
		KeyContextResolver keys = new KeyContextResolver(this.converter, this.authenticator, tokens);
		return Map.of(FilterStage.KEY, new MemoryKeyFilter(keys, this.failureHandler, required), FilterStage.READ,
				this.requests);
	}

}
