package io.memoryrouter.gateway.provider;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The providers that need no configuration but a key: their addresses are published.
 */
public enum KnownProvider {

	/** OpenAI. */
	OPENAI("https://api.openai.com/v1"),

	/** Anthropic; on OpenAI's endpoints its own compatible ones. */
	ANTHROPIC("https://api.anthropic.com/v1", ProviderDialect.ANTHROPIC, null, true),

	/** Google; on OpenAI's endpoints its own compatible ones. */
	GOOGLE("https://generativelanguage.googleapis.com/v1beta", ProviderDialect.GEMINI, null, true),

	/** OpenRouter. */
	OPENROUTER("https://openrouter.ai/api/v1"),

	/** xAI. */
	XAI("https://api.x.ai/v1"),

	/** Mistral. */
	MISTRAL("https://api.mistral.ai/v1"),

	/** DeepSeek. */
	DEEPSEEK("https://api.deepseek.com/v1"),

	/** Groq. */
	GROQ("https://api.groq.com/openai/v1"),

	/** Cerebras. */
	CEREBRAS("https://api.cerebras.ai/v1"),

	/** Together. */
	TOGETHER("https://api.together.ai/v1"),

	/**
	 * Azure OpenAI: each resource has an address of its own, so it is to be configured.
	 */
	AZURE(null, ProviderDialect.OPENAI, "api-key", true),

	/** Ollama on this machine. */
	OLLAMA("http://localhost:11434/v1", ProviderDialect.OPENAI, null, false);

	private final @Nullable String baseUrl;

	private final ProviderDialect dialect;

	private final @Nullable String credentialHeader;

	private final boolean keyRequired;

	KnownProvider(String baseUrl) {
		this(baseUrl, ProviderDialect.OPENAI, null, true);
	}

	KnownProvider(@Nullable String baseUrl, ProviderDialect dialect, @Nullable String credentialHeader,
			boolean keyRequired) {
		this.baseUrl = baseUrl;
		this.dialect = dialect;
		this.credentialHeader = credentialHeader;
		this.keyRequired = keyRequired;
	}

	/**
	 * The name under which it stands in configuration and before a model.
	 * @return the name
	 */
	public String providerName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Begins this provider with what is known of it.
	 * @return what builds it
	 */
	public Provider.Builder builder() {
		Provider.Builder builder = Provider.named(providerName())
			.dialect(this.dialect)
			.credentialHeader(this.credentialHeader)
			.configured(false);
		if (this.baseUrl != null) {
			builder.baseUrl(URI.create(this.baseUrl));
		}
		return this.keyRequired ? builder : builder.withoutKey();
	}

}
