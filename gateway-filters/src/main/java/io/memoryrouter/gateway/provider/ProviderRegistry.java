package io.memoryrouter.gateway.provider;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All providers, by name.
 */
public final class ProviderRegistry {

	private final Map<String, Provider> providers = new LinkedHashMap<>();

	/**
	 * Makes a registry.
	 * @param providers the providers; of two with one name the later one counts
	 */
	public ProviderRegistry(Collection<Provider> providers) {
		providers.forEach((provider) -> this.providers.put(provider.name(), provider));
	}

	/**
	 * Finds a provider.
	 * @param name its name
	 * @return the provider, or {@code null} if there is none of that name
	 */
	public @Nullable Provider find(String name) {
		return this.providers.get(name);
	}

	/**
	 * All providers.
	 * @return the providers, in order
	 */
	public Collection<Provider> all() {
		return Collections.unmodifiableCollection(this.providers.values());
	}

}
