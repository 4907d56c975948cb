package io.memoryrouter.gateway.chat;

import java.util.List;

import io.memoryrouter.gateway.chat.error.AnthropicErrors;
import io.memoryrouter.gateway.chat.error.ApiError;
import io.memoryrouter.gateway.chat.error.GeminiErrors;
import io.memoryrouter.gateway.chat.error.OpenAiErrors;
import io.memoryrouter.gateway.chat.gemini.GeminiPath;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The families of provider APIs. An endpoint belongs to one whether it has memory or not:
 * its clients send their keys as that family does, and expect its errors.
 */
public enum ApiFamily {

	/** OpenAI's API, which most providers share; this product's own endpoints too. */
	OPENAI,

	/** Anthropic's own API. */
	ANTHROPIC,

	/** Google's own API. */
	GEMINI;

	private static final String ANTHROPIC_VERSION = "anthropic-version";

	private static final String GOOGLE_CLIENT = "x-goog-api-client";

	/** Where clients of OpenAI's that were made for Google look for its endpoints. */
	private static final String GOOGLES_OPENAI = "/v1beta/openai";

	/**
	 * Endpoints that are OpenAI's, or this product's, whatever headers a client sends.
	 */
	private static final List<String> ALWAYS_OPENAI = List.of("/v1/chat", "/v1/responses", "/v1/memory", "/v1/keys",
			"/v1/provider-keys", "/v1/usage");

	/**
	 * The family of an endpoint.
	 * @param path the request's path, from the version segment on
	 * @param headers the request's headers: Anthropic's and Google's clients announce
	 * themselves on paths that others have as well ({@code /v1/models})
	 * @return the family
	 */
	public static ApiFamily of(String path, HttpHeaders headers) {
		if (path.startsWith("/v1beta/") || GeminiPath.parse(path) != null) {
			return isUnder(path, GOOGLES_OPENAI) ? OPENAI : GEMINI;
		}
		if (isUnder(path, "/v1/messages")) {
			return ANTHROPIC;
		}
		if (ALWAYS_OPENAI.stream().anyMatch((parent) -> isUnder(path, parent))) {
			return OPENAI;
		}
		if (headers.containsHeader(ANTHROPIC_VERSION)) {
			return ANTHROPIC;
		}
		return headers.containsHeader(GOOGLE_CLIENT) ? GEMINI : OPENAI;
	}

	/**
	 * The model that a path names.
	 * @param path the request's path, from the version segment on
	 * @return the model, with its prefix, or {@code null} if none stands there
	 */
	public static @Nullable String modelIn(String path) {
		GeminiPath call = GeminiPath.parse(path);
		return (call != null && call.hasPlainModel()) ? call.model() : null;
	}

	/**
	 * A path with another model.
	 * @param path the request's path, from the version segment on
	 * @param model the model to name
	 * @return the path; the same if no model stands there
	 */
	public static String withModel(String path, String model) {
		GeminiPath call = GeminiPath.parse(path);
		return (call != null) ? call.withModel(model) : path;
	}

	private static boolean isUnder(String path, String parent) {
		return path.startsWith(parent) && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
	}

	/**
	 * Writes an error as the family's own clients expect it.
	 * @param error the error
	 * @return the body, as JSON in UTF-8
	 */
	public byte[] render(ApiError error) {
		return switch (this) {
			case OPENAI -> OpenAiErrors.render(error);
			case ANTHROPIC -> AnthropicErrors.render(error);
			case GEMINI -> GeminiErrors.render(error);
		};
	}

}
