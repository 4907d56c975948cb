package io.memoryrouter.sample.sdk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.anthropic.errors.AnthropicServiceException;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.openai.errors.OpenAIServiceException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An SDK and the dialect in which it speaks.
 */
enum Sdk {

	/** OpenAI's, Chat Completions. */
	OPENAI_CHAT("openai", "gpt-5.5", "Authorization", "/v1/chat/completions") {

		@Override
		ChatClient connect(String gateway, Credentials credentials) {
			return new OpenAiClients.Chat(OpenAiClients.connect(gateway, credentials));
		}

	},

	/** OpenAI's, Responses. */
	OPENAI_RESPONSES("openai", "gpt-5.5", "Authorization", "/v1/responses") {

		@Override
		ChatClient connect(String gateway, Credentials credentials) {
			return new OpenAiClients.Responses(OpenAiClients.connect(gateway, credentials));
		}

	},

	/** Anthropic's, Messages. */
	ANTHROPIC_MESSAGES("anthropic", "claude-sonnet-4-5", "x-api-key", "/v1/messages") {

		@Override
		ChatClient connect(String gateway, Credentials credentials) {
			return new AnthropicClients.Messages(AnthropicClients.connect(gateway, credentials));
		}

	},

	/** Google's, generation of content. */
	GEMINI("google", "gemini-3-pro", "x-goog-api-key", "/v1beta/models/[^/]+:generateContent") {

		@Override
		ChatClient connect(String gateway, Credentials credentials) {
			return new GeminiClients.Content(GeminiClients.connect(gateway, credentials));
		}

	};

	private final String provider;

	private final String model;

	private final String credentialHeader;

	private final String pathPattern;

	Sdk(String provider, String model, String credentialHeader, String pathPattern) {
		this.provider = provider;
		this.model = model;
		this.credentialHeader = credentialHeader;
		this.pathPattern = pathPattern;
	}

	abstract ChatClient connect(String gateway, Credentials credentials);

	/** The provider whose SDK it is. */
	String provider() {
		return this.provider;
	}

	/** A model of the provider, without a prefix. */
	String model() {
		return this.model;
	}

	/** Where the provider is asked, as a pattern. */
	String pathPattern() {
		return this.pathPattern;
	}

	/** A file with an answer in this dialect. */
	String file(String name) {
		return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + name;
	}

	/**
	 * The key that a provider was sent. Where Anthropic's SDK sends a bearer token, the
	 * gateway does.
	 */
	String credential(LoggedRequest request) {
		String header = request.containsHeader(this.credentialHeader) ? this.credentialHeader : "Authorization";
		return request.getHeader(header).replaceFirst("^Bearer ", "");
	}

	/**
	 * The text of the last message of the user in a request, its parts joined as the
	 * block of memories is to its text.
	 */
	String lastUserText(LoggedRequest request) {
		JsonNode body = JsonMapper.shared().readTree(request.getBody());
		JsonNode messages = body.path("messages").isArray() ? body.path("messages")
				: body.path("contents").isArray() ? body.path("contents") : body.path("input");
		if (messages.isString()) {
			return messages.asString();
		}
		JsonNode last = messages.valueStream()
			.filter((message) -> message.path("role").asString("user").equals("user") && hasText(message))
			.reduce((first, second) -> second)
			.orElseThrow();
		return text(last);
	}

	private static boolean hasText(JsonNode message) {
		return !text(message).isEmpty();
	}

	private static String text(JsonNode message) {
		JsonNode content = message.path(message.has("parts") ? "parts" : "content");
		return content.isString() ? content.asString()
				: content.valueStream()
					.map((part) -> part.path("text").asString(""))
					.filter((text) -> !text.isEmpty())
					.collect(Collectors.joining("\n\n"));
	}

	/** The exception that the SDK has for a status. */
	Class<? extends Throwable> exception(int status) {
		if (this == GEMINI) {
			return (status < 500) ? ClientException.class : ServerException.class;
		}
		boolean anthropic = this == ANTHROPIC_MESSAGES;
		return switch (status) {
			case 400 -> anthropic ? com.anthropic.errors.BadRequestException.class
					: com.openai.errors.BadRequestException.class;
			case 401 -> anthropic ? com.anthropic.errors.UnauthorizedException.class
					: com.openai.errors.UnauthorizedException.class;
			case 429 ->
				anthropic ? com.anthropic.errors.RateLimitException.class : com.openai.errors.RateLimitException.class;
			default -> anthropic ? com.anthropic.errors.InternalServerException.class
					: com.openai.errors.InternalServerException.class;
		};
	}

	/**
	 * What an exception of the SDK tells of {@code Retry-After}; that of Google tells no
	 * header.
	 */
	static List<String> retryAfter(Throwable exception) {
		if (exception instanceof OpenAIServiceException openAi) {
			return openAi.headers().values("Retry-After");
		}
		return ((AnthropicServiceException) exception).headers().values("Retry-After");
	}

	/** The status that an exception of the SDK tells. */
	static int status(Throwable exception) {
		if (exception instanceof OpenAIServiceException openAi) {
			return openAi.statusCode();
		}
		if (exception instanceof AnthropicServiceException anthropic) {
			return anthropic.statusCode();
		}
		return ((ApiException) exception).code();
	}

}
