package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import io.memoryrouter.keys.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A provider of models. Those of the configuration are made by the auto-configuration; an
 * application adds others as beans:
 *
 * <pre class="code">
 * &#064;Bean
 * Provider echo(WebServer server) {
 *   return Provider.named("echo")
 *     .baseUrl(() -&gt; URI.create("http://127.0.0.1:" + server.getPort() + "/echo/v1"))
 *     .withoutKey()
 *     .build();
 * }
 * </pre>
 */
public final class Provider {

	/** How long a provider has to begin its answer, unless told otherwise. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(120);

	private final String name;

	private final Supplier<@Nullable URI> baseUrl;

	private final ProviderDialect dialect;

	private final @Nullable String credentialHeader;

	private final @Nullable ProviderKey key;

	private final boolean keyRequired;

	private final Duration timeout;

	private final boolean configured;

	private Provider(Builder builder) {
		this.name = builder.name;
		this.baseUrl = builder.baseUrl;
		this.dialect = builder.dialect;
		this.credentialHeader = builder.credentialHeader;
		this.key = builder.key;
		this.keyRequired = builder.keyRequired;
		this.timeout = builder.timeout;
		this.configured = builder.configured;
	}

	/**
	 * Begins a provider.
	 * @param name its name: what stands before the first slash of a model, in just this
	 * spelling; 1 to 64 lower-case letters, digits and hyphens. An environment variable
	 * cannot name a provider that has a hyphen
	 * @return what builds it
	 */
	public static Builder named(String name) {
		return new Builder(name);
	}

	/**
	 * Its name.
	 * @return what stands before the first slash of a model
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Where its API is.
	 * @return the address with its version segment, or {@code null} if none is known
	 */
	public @Nullable URI baseUrl() {
		return this.baseUrl.get();
	}

	/**
	 * The family of its own API. It decides how its models are listed, and where its
	 * endpoints for clients of OpenAI's are. It bars no endpoint: many servers of
	 * OpenAI's API take Anthropic's as well, and one that does not says so itself.
	 * @return the dialect
	 */
	public ProviderDialect dialect() {
		return this.dialect;
	}

	/**
	 * The header in which it expects its key.
	 * @return the name, or {@code null} for the one of the endpoint's family
	 */
	@Nullable String credentialHeader() {
		return this.credentialHeader;
	}

	/**
	 * The deployment's own key.
	 * @return the key, or {@code null} if there is none
	 */
	public @Nullable ProviderKey key() {
		return this.key;
	}

	/**
	 * Whether it answers only those who have a key.
	 * @return whether a request without one is refused
	 */
	public boolean isKeyRequired() {
		return this.keyRequired;
	}

	/**
	 * How long it has to begin its answer.
	 * @return the time to the head of the answer
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Whether the operator or the application set it up, rather than its being known.
	 * @return whether
	 */
	public boolean isConfigured() {
		return this.configured;
	}

	@Override
	public String toString() {
		return "Provider[" + this.name + "]";
	}

	/** Builds a provider. */
	public static final class Builder {

		private final String name;

		private Supplier<@Nullable URI> baseUrl = () -> null;

		private ProviderDialect dialect = ProviderDialect.OPENAI;

		private @Nullable String credentialHeader;

		private @Nullable ProviderKey key;

		private boolean keyRequired = true;

		private Duration timeout = DEFAULT_TIMEOUT;

		private boolean configured = true;

		private Builder(String name) {
			Assert.isTrue(name.matches("[a-z0-9-]{1,64}"),
					() -> "The name of a provider is 1 to 64 lower-case letters, digits and hyphens: '" + name + "'");
			this.name = name;
		}

		/**
		 * Sets where its API is.
		 * @param baseUrl an http or https address that ends with the version segment;
		 * what comes after that segment in a request's path is put behind it
		 * @return this
		 */
		public Builder baseUrl(URI baseUrl) {
			Assert.isTrue(baseUrl.getHost() != null && ("http".equals(baseUrl.getScheme()) || isHttps(baseUrl)),
					() -> "The base URL of the provider '" + this.name + "' has to be an http or https URL");
			Assert.isTrue(baseUrl.getRawQuery() == null && baseUrl.getRawFragment() == null,
					() -> "The base URL of the provider '" + this.name + "' has to end with its path");
			this.baseUrl = () -> baseUrl;
			return this;
		}

		private static boolean isHttps(URI baseUrl) {
			return "https".equals(baseUrl.getScheme());
		}

		/**
		 * Sets where its API is, if that is known at run time only.
		 * @param baseUrl asked at each request; does not block; {@code null} while
		 * unknown
		 * @return this
		 */
		public Builder baseUrl(Supplier<@Nullable URI> baseUrl) {
			this.baseUrl = baseUrl;
			return this;
		}

		/**
		 * Sets the family of its own API. Default: OpenAI's.
		 * @param dialect the dialect
		 * @return this
		 */
		public Builder dialect(ProviderDialect dialect) {
			this.dialect = dialect;
			return this;
		}

		/**
		 * Sets the header in which it expects its key. {@code Authorization} holds it as
		 * a bearer token, any other header as it is. Default: the one of the family.
		 * @param credentialHeader the name
		 * @return this
		 */
		public Builder credentialHeader(@Nullable String credentialHeader) {
			Assert.isTrue(credentialHeader == null || credentialHeader.matches("[A-Za-z0-9-]{1,128}"),
					() -> "The credential header of the provider '" + this.name
							+ "' has to be a name of letters, digits and hyphens");
			this.credentialHeader = credentialHeader;
			return this;
		}

		/**
		 * Sets the deployment's own key, used where a request brings none.
		 * @param key the key
		 * @return this
		 */
		public Builder key(@Nullable ProviderKey key) {
			this.key = key;
			return this;
		}

		/**
		 * Lets requests through that bring no key.
		 * @return this
		 */
		public Builder withoutKey() {
			this.keyRequired = false;
			return this;
		}

		/**
		 * Sets how long it has to begin its answer. Default:
		 * {@link Provider#DEFAULT_TIMEOUT}.
		 * @param timeout the time to the head of the answer
		 * @return this
		 */
		public Builder timeout(Duration timeout) {
			Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "A timeout is more than nothing");
			this.timeout = timeout;
			return this;
		}

		/**
		 * Says whether it was set up on purpose. Default: {@code true}.
		 * @param configured {@code false} for a provider that is merely known
		 * @return this
		 */
		public Builder configured(boolean configured) {
			this.configured = configured;
			return this;
		}

		/**
		 * Ends the building.
		 * @return the provider
		 */
		public Provider build() {
			return new Provider(this);
		}

	}

}
