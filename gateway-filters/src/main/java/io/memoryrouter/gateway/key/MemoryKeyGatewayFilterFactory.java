package io.memoryrouter.gateway.key;

import java.util.List;

import io.memoryrouter.gateway.support.StagedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.support.GatewayToStringStyler;

/**
 * {@code MemoryKey} in a route: the request has to present a valid Memory Key, or the
 * token of an identity provider that names a vault, which goes no further.
 *
 * <pre>
 * filters:
 *   - MemoryKey                 # a Memory Key, or, where memoryrouter.jwt.* says so, a token
 *   - MemoryKey=false           # one or none
 *   - name: MemoryKey
 *     args: { vaultClaim: sub } # a token of which the claim sub names the vault
 * </pre>
 */
public final class MemoryKeyGatewayFilterFactory
		extends AbstractGatewayFilterFactory<MemoryKeyGatewayFilterFactory.Config> {

	private final MemoryKeyFilters filters;

	public MemoryKeyGatewayFilterFactory(MemoryKeyFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public List<String> shortcutFieldOrder() {
		return List.of("required", "vaultClaim");
	}

	@Override
	public GatewayFilter apply(Config config) {
		String description = GatewayToStringStyler.filterToStringCreator(this)
			.append("required", config.isRequired())
			.append("vaultClaim", config.getVaultClaim())
			.toString();
		return new StagedFilter(this.filters.parts(config.isRequired(), config.getVaultClaim()), description);
	}

	/** The settings of a route. */
	public static class Config {

		private boolean required = true;

		private @Nullable String vaultClaim;

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

	}

}
