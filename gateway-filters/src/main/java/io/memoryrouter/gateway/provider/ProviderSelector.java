package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import io.memoryrouter.gateway.support.ApiException;
import io.memoryrouter.gateway.support.MemoryHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the provider of a request; the first that applies:
 * <ol>
 * <li>the prefix of the model, {@code provider/model}, if it is a provider's name. On a
 * route with an address of its own a provider counts only if it was set up on purpose:
 * what is merely known must not lead traffic away from there, and other people's models
 * have slashes too;</li>
 * <li>the header {@code X-Provider};</li>
 * <li>the default model, if the request is of the kind that names one but does not, and
 * the route has no address of its own;</li>
 * <li>the provider that the route names;</li>
 * <li>the route's own address;</li>
 * <li>the default provider.</li>
 * </ol>
 * A request to which none applies is refused.
 */
public final class ProviderSelector {

	private static final Set<String> ADDRESSES = Set.of("http", "https", "lb", "forward");

	private final ProviderRegistry registry;

	private final @Nullable Provider defaultProvider;

	private final @Nullable ProviderSelection defaultModel;

	/**
	 * Makes a selector.
	 * @param registry the providers
	 * @param defaultProvider the name of the default provider, or {@code null}
	 * @param defaultModel the default model, with its prefix, or {@code null}
	 * @throws IllegalArgumentException if a default names no provider
	 */
	public ProviderSelector(ProviderRegistry registry, @Nullable String defaultProvider,
			@Nullable String defaultModel) {
		this.registry = registry;
		this.defaultProvider = (defaultProvider != null) ? require(defaultProvider) : null;
		this.defaultModel = (defaultModel != null) ? requireModel(defaultModel) : null;
	}

	/**
	 * Looks up a provider of the configuration.
	 * @param name its name
	 * @return the provider
	 * @throws IllegalArgumentException if there is none of that name
	 */
	Provider require(String name) {
		Provider provider = this.registry.find(name);
		if (provider == null) {
			throw new IllegalArgumentException("There is no provider '" + name + "'. Set memoryrouter.providers." + name
					+ ".base-url, or use one of " + names());
		}
		return provider;
	}

	@Nullable Provider find(KnownProvider known) {
		return this.registry.find(known.providerName());
	}

	@Nullable Provider defaultProvider() {
		return this.defaultProvider;
	}

	private ProviderSelection requireModel(String model) {
		int slash = model.indexOf('/');
		if (slash <= 0 || slash == model.length() - 1) {
			throw new IllegalArgumentException("The default model '" + model + "' has to be 'provider/model'");
		}
		return new ProviderSelection(require(model.substring(0, slash)), model.substring(slash + 1));
	}

	private String names() {
		return String.join(", ", this.registry.all().stream().map(Provider::name).toList());
	}

	/**
	 * Chooses a provider.
	 * @param question what the request and the route say
	 * @return the choice
	 * @throws ApiException if nothing names a provider, or {@code X-Provider} an unknown
	 * one
	 */
	ProviderSelection select(Question question) {
		ProviderSelection prefixed = byPrefix(question);
		if (prefixed != null) {
			return prefixed;
		}
		if (question.hint() != null) {
			return new ProviderSelection(byHint(question.hint()), null);
		}
		boolean own = isAddress(question.routeUri());
		if (question.namesModel() && question.model() == null && this.defaultModel != null && !own) {
			return this.defaultModel;
		}
		if (question.routeProvider() != null) {
			return new ProviderSelection(question.routeProvider(), null);
		}
		return own ? ProviderSelection.ROUTE : byDefault();
	}

	private @Nullable ProviderSelection byPrefix(Question question) {
		String model = question.model();
		int slash = (model != null) ? model.indexOf('/') : -1;
		if (model == null || slash <= 0) {
			return null;
		}
		Provider provider = this.registry.find(model.substring(0, slash));
		if (provider == null || (!provider.isConfigured() && goesToRoute(question))) {
			return null;
		}
		if (slash == model.length() - 1) {
			throw ApiException.badRequest("invalid_model", "'model' names a provider but no model", "model");
		}
		return new ProviderSelection(provider, model.substring(slash + 1));
	}

	private static boolean goesToRoute(Question question) {
		return question.routeProvider() == null && isAddress(question.routeUri());
	}

	/**
	 * Looks up the provider that a request names in {@code X-Provider}.
	 * @param name its name
	 * @return the provider
	 * @throws ApiException if there is none of that name
	 */
	Provider byHint(String name) {
		Provider provider = this.registry.find(name);
		if (provider == null) {
			throw ApiException.badRequest("unknown_provider",
					"'" + MemoryHeaders.PROVIDER + "' has to be one of " + names(), MemoryHeaders.PROVIDER);
		}
		return provider;
	}

	private ProviderSelection byDefault() {
		if (this.defaultProvider == null) {
			throw ApiException.badRequest(
					"unknown_provider", "Nothing names a provider. Put it before the model "
							+ "('openai/gpt-5.5'), or send '" + MemoryHeaders.PROVIDER + "', with one of " + names(),
					"model");
		}
		return new ProviderSelection(this.defaultProvider, null);
	}

	/**
	 * Whether a route has an address of its own. Other schemes, such as that of
	 * {@code no://op}, say that the filters decide.
	 */
	static boolean isAddress(URI routeUri) {
		return ADDRESSES.contains(routeUri.getScheme().toLowerCase(Locale.ROOT));
	}

	/**
	 * What a request and its route say about the provider.
	 *
	 * @param model the model, with its prefix, or {@code null} if none is named
	 * @param namesModel whether the body of such a request is known to name a model
	 * @param hint the value of {@code X-Provider}, or {@code null}
	 * @param routeProvider the provider that the route names, or {@code null}
	 * @param routeUri the route's own URI
	 */
	record Question(@Nullable String model, boolean namesModel, @Nullable String hint, @Nullable Provider routeProvider,
			URI routeUri) {

	}

}
