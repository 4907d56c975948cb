package io.memoryrouter.gateway.provider;

import java.util.List;

import io.memoryrouter.gateway.chat.ApiFamily;
import io.memoryrouter.gateway.request.CredentialPlace;
import io.memoryrouter.gateway.support.Endpoint;

import org.springframework.http.HttpHeaders;

/**
 * The families of provider APIs: where their clients put a key, and where their servers
 * expect it.
 */
public enum ProviderDialect {

	/** OpenAI's API, which most providers share. */
	OPENAI(HttpHeaders.AUTHORIZATION, List.of(CredentialPlace.AUTHORIZATION, CredentialPlace.API_KEY)),

	/** Anthropic's own API. */
	ANTHROPIC("x-api-key", List.of(CredentialPlace.X_API_KEY, CredentialPlace.AUTHORIZATION)),

	/** Google's own API. */
	GEMINI("x-goog-api-key",
			List.of(CredentialPlace.X_GOOG_API_KEY, CredentialPlace.QUERY, CredentialPlace.AUTHORIZATION));

	private final String credentialHeader;

	private final List<CredentialPlace> places;

	ProviderDialect(String credentialHeader, List<CredentialPlace> places) {
		this.credentialHeader = credentialHeader;
		this.places = places;
	}

	/**
	 * The family that an endpoint is of.
	 * @param endpoint the endpoint
	 * @param headers the request's headers: the same path may be of two families
	 * @return the family
	 */
	static ProviderDialect of(Endpoint endpoint, HttpHeaders headers) {
		return switch (ApiFamily.of(endpoint.path(), headers)) {
			case OPENAI -> OPENAI;
			case ANTHROPIC -> ANTHROPIC;
			case GEMINI -> GEMINI;
		};
	}

	String credentialHeader() {
		return this.credentialHeader;
	}

	List<CredentialPlace> places() {
		return this.places;
	}

}
