package io.memoryrouter.gateway.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

import io.memoryrouter.gateway.provider.KnownProvider;
import io.memoryrouter.gateway.provider.Provider;
import io.memoryrouter.gateway.provider.ProviderDialect;
import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A provider. What is left out is as published by it, for the providers that are known.
 *
 * @param baseUrl the address of its API, with the version segment
 * @param dialect the family of its API
 * @param apiKey the deployment's own key, used where a request brings none
 * @param credentialHeader the header in which it expects its key
 * @param keyRequired whether a request without a key is refused
 * @param timeout how long it has to begin its answer
 */
public record ProviderProperties(@Nullable String baseUrl, @Nullable ProviderDialect dialect, @Nullable String apiKey,
		@Nullable String credentialHeader, @Nullable Boolean keyRequired, @Nullable Duration timeout) {

	/**
	 * Takes an empty value, as an environment variable may have it, for none.
	 */
	public ProviderProperties {
		baseUrl = textOrNull(baseUrl);
		apiKey = textOrNull(apiKey);
		credentialHeader = textOrNull(credentialHeader);
	}

	private static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	/**
	 * Makes the provider.
	 * @param name its name
	 * @return the provider
	 * @throws IllegalArgumentException if it is neither known nor has an address, or a
	 * value is wrong
	 */
	Provider toProvider(String name) {
		Provider.Builder builder = builder(name).configured(this.baseUrl != null || this.apiKey != null);
		if (this.baseUrl != null) {
			builder.baseUrl(URI.create(this.baseUrl));
		}
		if (this.apiKey != null) {
			builder.key(new ProviderKey(this.apiKey));
		}
		if (this.dialect != null) {
			builder.dialect(this.dialect);
		}
		if (this.credentialHeader != null) {
			builder.credentialHeader(this.credentialHeader);
		}
		if (Boolean.FALSE.equals(this.keyRequired)) {
			builder.withoutKey();
		}
		if (this.timeout != null) {
			builder.timeout(this.timeout);
		}
		return builder.build();
	}

	private Provider.Builder builder(String name) {
		return Arrays.stream(KnownProvider.values())
			.filter((known) -> known.providerName().equals(name))
			.findFirst()
			.map(KnownProvider::builder)
			.orElseGet(() -> {
				Assert.notNull(this.baseUrl, () -> "memoryrouter.providers." + name + ".base-url is missing");
				return Provider.named(name);
			});
	}

	@Override
	public String toString() {
		return "ProviderProperties[baseUrl=" + this.baseUrl + ", dialect=" + this.dialect + "]";
	}

}
