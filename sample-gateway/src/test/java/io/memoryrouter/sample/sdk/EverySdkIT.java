package io.memoryrouter.sample.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What holds for every official SDK: it talks to the gateway as it would to the provider.
 */
@ExtendWith(SharedGateway.Extension.class)
class EverySdkIT {

	private static final String PROVIDER_KEY = "sk-provider-0123456789";

	private static final String STORED_KEY = "sk-stored-0123456789";

	private static final String FACT = "My cat is called Sir Purrcival.";

	private static final String QUESTION = "What is my cat called?";

	private final SharedGateway gateway;

	private String memoryKey;

	EverySdkIT(SharedGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void newVault() {
		this.memoryKey = this.gateway.newMemoryKey();
	}

	@ParameterizedTest
	@EnumSource
	void askWhenFactWasToldBeforeThenProviderReceivesItInTheBlock(Sdk sdk) {
		try (ChatClient client = client(sdk, dropIn())) {
			assertThat(client.ask(sdk.model(), FACT)).isEqualTo("Noted.");
			assertThat(client.ask(sdk.model(), QUESTION)).isEqualTo("Noted.");
		}
		assertHanded(sdk);
	}

	@ParameterizedTest
	@EnumSource
	void streamWhenFactWasToldBeforeThenProviderReceivesItInTheBlock(Sdk sdk) {
		try (ChatClient client = client(sdk, dropIn())) {
			assertThat(client.stream(sdk.model(), FACT)).isEqualTo("Noted.");
			assertThat(client.stream(sdk.model(), QUESTION)).isEqualTo("Noted.");
		}
		assertHanded(sdk);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenProviderKeyIsInTheSdksPlaceThenProviderReceivesWhatTheSdkSendsWithoutAGateway(Sdk sdk) {
		Credentials direct = new Credentials(PROVIDER_KEY, Map.of());
		String address = this.gateway.provider().baseUrl("");
		try (ChatClient client = sdk.connect(address, direct)) {
			client.ask(sdk.model(), "Hello.");
		}
		LoggedRequest expected = this.gateway.provider().lastRequest();
		assertThat(ask(sdk, dropIn(), sdk.model())).isEqualTo("Noted.");
		LoggedRequest actual = this.gateway.provider().lastRequest();
		assertThat(actual.getUrl()).isEqualTo(expected.getUrl());
		assertThat(actual.getBody()).isEqualTo(expected.getBody());
		assertThat(headers(actual)).isEqualTo(headers(expected));
	}

	/**
	 * Those that are not of the connection. No {@code Accept} says what one of everything
	 * says (RFC 9110, section 12.5.1).
	 */
	private static Map<String, List<String>> headers(LoggedRequest request) {
		Map<String, List<String>> headers = new TreeMap<>();
		request.getHeaders()
			.all()
			.forEach((header) -> headers.put(header.key().toLowerCase(Locale.ROOT), header.values()));
		headers.putIfAbsent("accept", List.of("*/*"));
		headers.keySet().removeAll(Set.of("host", "connection"));
		return headers;
	}

	@ParameterizedTest
	@EnumSource
	void askWhenProviderKeyHasItsOwnHeaderThenProviderReceivesItAlone(Sdk sdk) {
		assertThat(ask(sdk, Credentials.explicit(this.memoryKey, PROVIDER_KEY), sdk.model())).isEqualTo("Noted.");
		assertCredential(sdk, PROVIDER_KEY);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenTheDeploymentHasAKeyThenProviderReceivesItAlone(Sdk sdk) {
		String model = "deployed" + sdk.provider() + "/" + sdk.model();
		assertThat(ask(sdk, Credentials.memoryKeyAlone(this.memoryKey), model)).isEqualTo("Noted.");
		assertCredential(sdk, SharedGateway.DEPLOYMENT_KEY);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenTheProviderKeyIsStoredThenProviderReceivesItAlone(Sdk sdk) {
		this.gateway.storeProviderKey(sdk.provider(), STORED_KEY);
		try {
			assertThat(ask(sdk, Credentials.memoryKeyAlone(this.memoryKey), sdk.model())).isEqualTo("Noted.");
		}
		finally {
			this.gateway.deleteProviderKey(sdk.provider());
		}
		assertCredential(sdk, STORED_KEY);
		assertRefused(sdk, refusal(sdk, Credentials.memoryKeyAlone(this.memoryKey)), 401, "X-Provider-Key");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenThereIsNoProviderKeyThenUnauthorizedNamesTheWays(Sdk sdk) {
		Throwable thrown = refusal(sdk, Credentials.memoryKeyAlone(this.memoryKey));
		assertRefused(sdk, thrown, 401, "X-Provider-Key");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenMemoryKeyIsUnknownThenUnauthorized(Sdk sdk) {
		String unknown = "mk_" + "x".repeat(32);
		Throwable thrown = refusal(sdk, Credentials.dropIn(unknown, PROVIDER_KEY));
		assertRefused(sdk, thrown, 401, "Memory Key");
		assertThat(thrown).message().doesNotContain(unknown);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenAControlCannotBeReadThenBadRequest(Sdk sdk) {
		assertRefused(sdk, refusal(sdk, dropIn().with("X-Memory-Mode", "maybe")), 400, "X-Memory-Mode");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenTwoMemoryKeysAreNamedThenBadRequest(Sdk sdk) {
		Credentials two = Credentials.explicit(this.memoryKey, PROVIDER_KEY)
			.with("X-Memory-Key", this.gateway.newMemoryKey());
		assertRefused(sdk, refusal(sdk, two), 400, "Memory Key");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenProviderRefusesThenSdkThrowsWhatTheProviderSaid(Sdk sdk) {
		for (int status : new int[] { 400, 429, 500 }) {
			this.gateway.provider().answer(error(status));
			Throwable thrown = refusal(sdk, dropIn());
			assertThat(thrown).isInstanceOf(sdk.exception(status)).message().contains("Quota \u00e9 is used up");
			assertThat(Sdk.status(thrown)).isEqualTo(status);
			if (sdk != Sdk.GEMINI) {
				assertThat(Sdk.retryAfter(thrown)).containsExactly("7");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void askWhenKeyIsOffThenProviderReceivesTheQuestionAlone(Sdk sdk) {
		try (ChatClient client = client(sdk, dropIn())) {
			client.ask(sdk.model(), FACT);
		}
		try (ChatClient client = client(sdk, Credentials.dropIn(this.memoryKey + ":off", PROVIDER_KEY))) {
			client.ask(sdk.model(), QUESTION);
		}
		assertThat(sdk.lastUserText(this.gateway.provider().lastRequest())).isEqualTo(QUESTION);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenModelIsTheDemoThenItTellsWhatItWasHanded(Sdk sdk) {
		try (ChatClient client = client(sdk, Credentials.memoryKeyAlone(this.memoryKey))) {
			assertThat(client.ask("demo/echo", FACT)).contains("I was handed no memories.");
			assertThat(client.ask("demo/echo", QUESTION)).contains("I was handed 1 memory:", FACT);
			assertThat(client.stream("demo/echo", QUESTION)).contains("I was handed 1 memory:", FACT);
		}
	}

	private static ResponseDefinitionBuilder error(int status) {
		return WireMock.aResponse()
			.withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withHeader("Retry-After", "7")
			.withBody("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"code\":" + status
					+ ",\"message\":\"Quota \\u00e9 is used up\",\"status\":\"RESOURCE_EXHAUSTED\"}}");
	}

	private Credentials dropIn() {
		return Credentials.dropIn(this.memoryKey, PROVIDER_KEY);
	}

	private ChatClient client(Sdk sdk, Credentials credentials) {
		return sdk.connect(this.gateway.address(), credentials);
	}

	private String ask(Sdk sdk, Credentials credentials, String model) {
		try (ChatClient client = client(sdk, credentials)) {
			return client.ask(model, "Hello.");
		}
	}

	private Throwable refusal(Sdk sdk, Credentials credentials) {
		return catchThrowable(() -> ask(sdk, credentials, sdk.model()));
	}

	private static void assertRefused(Sdk sdk, Throwable thrown, int status, String message) {
		assertThat(thrown).isInstanceOf(sdk.exception(status)).message().contains(message);
		assertThat(Sdk.status(thrown)).isEqualTo(status);
	}

	private void assertHanded(Sdk sdk) {
		LoggedRequest request = this.gateway.provider().lastRequest();
		assertThat(sdk.lastUserText(request)).startsWith(QUESTION + "\n\n<recalled-memories>\n")
			.contains("] user: " + FACT + "\n")
			.endsWith("\n</recalled-memories>");
		assertCredential(sdk, PROVIDER_KEY);
	}

	private void assertCredential(Sdk sdk, String providerKey) {
		LoggedRequest request = this.gateway.provider().lastRequest();
		assertThat(sdk.credential(request)).isEqualTo(providerKey);
		String sent = request.getUrl() + "\n"
				+ request.getHeaders()
					.all()
					.stream()
					.map((header) -> header.key() + ": " + header.values())
					.collect(Collectors.joining("\n"))
				+ request.getBodyAsString();
		assertThat(sent).doesNotContain("mk_").doesNotContainIgnoringCase("x-memory", "x-provider");
	}

}
