package io.memoryrouter.usage;

import org.jspecify.annotations.Nullable;

/**
 * What is used by whom.
 *
 * @param account the account that the key belongs to
 * @param key the id of the Memory Key; no secret
 * @param provider the provider's name, or {@code null} where no provider is called
 * @param model the model's name as the provider knows it, or {@code null} where none is
 * named
 */
public record UsageSource(String account, String key, @Nullable String provider, @Nullable String model) {

	/** The name under which models are counted that have no place of their own. */
	public static final String OTHER_MODELS = "other";

	/**
	 * The same for the models that have no place of their own.
	 * @return the source
	 */
	UsageSource ofOtherModels() {
		return new UsageSource(this.account, this.key, this.provider, OTHER_MODELS);
	}

}
