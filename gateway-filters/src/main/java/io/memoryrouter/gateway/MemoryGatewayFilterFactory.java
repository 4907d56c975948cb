package io.memoryrouter.gateway;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.memoryrouter.gateway.context.MemoryContextFilters;
import io.memoryrouter.gateway.context.MemoryContextGatewayFilterFactory;
import io.memoryrouter.gateway.ingest.MemoryIngestFilters;
import io.memoryrouter.gateway.key.MemoryKeyFilters;
import io.memoryrouter.gateway.provider.ProviderKeyFilters;
import io.memoryrouter.gateway.support.FilterStage;
import io.memoryrouter.gateway.support.StagedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code Memory} in a route: {@code MemoryKey}, {@code ProviderKey},
 * {@code MemoryContext} and {@code MemoryIngest} in one.
 *
 * <pre>
 * filters:
 *   - Memory                    # to the provider that the model names
 *   - Memory=openai             # to OpenAI, where the model names none
 *   - name: Memory
 *     args: { provider: openai, deadline: 300ms, onMemoryFailure: reject }
 * </pre>
 */
public final class MemoryGatewayFilterFactory extends AbstractGatewayFilterFactory<MemoryGatewayFilterFactory.Config> {

	private final MemoryKeyFilters keys;

	private final ProviderKeyFilters providers;

	private final MemoryContextFilters context;

	private final MemoryIngestFilters ingest;

	/**
	 * Puts the filters together.
	 * @param keys makes {@code MemoryKey}
	 * @param providers makes {@code ProviderKey}
	 * @param context makes {@code MemoryContext}
	 * @param ingest makes {@code MemoryIngest}
	 */
	public MemoryGatewayFilterFactory(MemoryKeyFilters keys, ProviderKeyFilters providers, MemoryContextFilters context,
			MemoryIngestFilters ingest) {
		super(Config.class);
		this.keys = keys;
		this.providers = providers;
		this.context = context;
		this.ingest = ingest;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("provider");
	}

	@Override
	public GatewayFilter apply(Config config) {
		Map<FilterStage, GatewayFilter> parts = new EnumMap<>(FilterStage.class);
		parts.putAll(this.keys.parts(config.isRequired(), config.getVaultClaim()));
		parts.putAll(this.providers.parts(config.getProvider()));
		parts.putAll(this.context.parts(config));
		parts.putAll(this.ingest.parts(config.isStoreOnProviderError()));
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("provider", config.getProvider())
			.append("required", config.isRequired())
			.append("vaultClaim", config.getVaultClaim())
			.append("storeOnProviderError", config.isStoreOnProviderError())
			.append("context", parts.get(FilterStage.CONTEXT))
			.toString();
		return new StagedFilter(parts, description);
	}

	/** The settings of a route: those of the four filters. */
	public static class Config extends MemoryContextGatewayFilterFactory.Config {

		private @Nullable String provider;

		private boolean required = true;

		private @Nullable String vaultClaim;

		private boolean storeOnProviderError;

		public @Nullable String getProvider() {
			return this.provider;
		}

		/**
		 * The provider of requests that name none: a name of
		 * {@code memoryrouter.providers}. Default: the route's own address, if it has
		 * one.
		 * @param provider the name
		 */
		public void setProvider(@Nullable String provider) {
			this.provider = provider;
		}

		public boolean isRequired() {
			return this.required;
		}

		/**
		 * Whether a request without a Memory Key is refused; if not, it goes on without
		 * memory. Default {@code true}.
		 * @param required whether
		 */
		public void setRequired(boolean required) {
			this.required = required;
		}

		public @Nullable String getVaultClaim() {
			return this.vaultClaim;
		}

		/**
		 * The claim of an identity provider's token that names its bearer's vault, so
		 * that no Memory Key is needed. Default: {@code memoryrouter.jwt.vault-claim}.
		 * @param vaultClaim the name of the claim
		 */
		public void setVaultClaim(@Nullable String vaultClaim) {
			this.vaultClaim = vaultClaim;
		}

		public boolean isStoreOnProviderError() {
			return this.storeOnProviderError;
		}

		/**
		 * Whether a user's message is stored that the provider answered with an error, or
		 * not at all. Default {@code false}.
		 * @param storeOnProviderError whether
		 */
		public void setStoreOnProviderError(boolean storeOnProviderError) {
			this.storeOnProviderError = storeOnProviderError;
		}

	}

}
