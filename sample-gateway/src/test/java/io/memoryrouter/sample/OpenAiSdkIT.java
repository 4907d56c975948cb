package io.memoryrouter.sample;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.WireMockProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The official SDK of OpenAI talks to the gateway as it would to the provider.
 */
class OpenAiSdkIT {

	private static final String PROVIDER_KEY = "sk-provider-0123456789";

	@TempDir
	static Path folder;

	private static WireMockProvider provider;

	private static GatewayProcess gateway;

	private static String memoryKey;

	@BeforeAll
	static void start() {
		provider = new WireMockProvider();
		gateway = GatewayCommand.in(folder)
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_SLOW_BASEURL", provider.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_SLOW_DIALECT", "openai")
			.environment("MEMORYROUTER_PROVIDERS_SLOW_TIMEOUT", "300ms")
			.environment("MEMORYROUTER_PROVIDERS_GONE_BASEURL", "http://127.0.0.1:" + GatewayCommand.freePort() + "/v1")
			.environment("MEMORYROUTER_PROVIDERS_GONE_DIALECT", "openai")
			.environment("MEMORYROUTER_LIMITS_BODYSIZE", "256KB")
			.start();
		memoryKey = gateway.printedMemoryKey();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		provider.close();
	}

	@Test
	void createWhenFactWasToldInAnotherConversationThenProviderReceivesItInTheBlock() {
		OpenAIClient client = dropIn(memoryKey);
		assertThat(say(client, "My cat is called Sir Purrcival.", "s-1")).isEqualTo("Noted.");
		assertThat(say(client, "What is my cat called?", "s-2")).isEqualTo("Noted.");
		assertHanded(provider.lastRequest(), "What is my cat called?", "My cat is called Sir Purrcival.");
	}

	@Test
	void createStreamingWhenFactWasToldInAnotherConversationThenProviderReceivesItInTheBlock() {
		OpenAIClient client = dropIn(memoryKey);
		assertThat(stream(client, "My bicycle is a green Brompton.", "t-1")).isEqualTo("Noted.");
		assertThat(stream(client, "Which bicycle do I ride?", "t-2")).isEqualTo("Noted.");
		assertHanded(provider.lastRequest(), "Which bicycle do I ride?", "My bicycle is a green Brompton.");
	}

	@Test
	void createWhenProviderKeyHasItsOwnHeaderThenProviderReceivesThatKeyAlone() {
		OpenAIClient client = client(memoryKey, (builder) -> builder.putHeader("X-Provider-Key", PROVIDER_KEY));
		assertThat(say(client, "Hello from method B.", "b-1")).isEqualTo("Noted.");
		assertNothingOfOurs(provider.lastRequest());
	}

	@Test
	void createWhenClientAlsoSendsAHeaderOfAnthropicsThenItReachesOpenAi() {
		OpenAIClient client = client(PROVIDER_KEY,
				(builder) -> builder.putHeader("X-Memory-Key", memoryKey).putHeader("anthropic-version", "2023-06-01"));
		assertThat(say(client, "Hello from two houses.", "a-1")).isEqualTo("Noted.");
		assertNothingOfOurs(provider.lastRequest());
	}

	@Test
	void createWhenKeyIsOffThenProviderReceivesTheQuestionAlone() {
		say(dropIn(memoryKey), "My allotment has number 4711.", "o-1");
		say(dropIn(memoryKey + ":off"), "Which number has my allotment?", "o-2");
		assertThat(WireMockProvider.lastMessage(provider.lastRequest())).isEqualTo("Which number has my allotment?");
	}

	@Test
	void createWhenKeyOfAnotherVaultAsksThenProviderReceivesTheQuestionAlone() {
		say(dropIn(memoryKey), "My passphrase hint is tangerine.", "v-1");
		String other = newKey("another vault");
		say(dropIn(other), "What is my passphrase hint?", "v-2");
		assertThat(WireMockProvider.lastMessage(provider.lastRequest())).isEqualTo("What is my passphrase hint?");
	}

	@Test
	void createWhenMemoryKeyIsNotAcceptedThenSdkThrowsUnauthorized() {
		for (String key : List.of("mk_" + "x".repeat(32), memoryKey + ":READ", "mk_short")) {
			assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> say(dropIn(key), "Hello.", "e-1"))
				.withMessageNotContaining(key);
		}
	}

	@Test
	void createWhenThereIsNoProviderKeyThenSdkThrowsUnauthorizedThatNamesTheWays() {
		assertThatExceptionOfType(UnauthorizedException.class)
			.isThrownBy(() -> say(client(memoryKey, Function.identity()), "Hello.", "e-2"))
			.withMessageContaining("X-Provider-Key");
	}

	@Test
	void createWhenThereAreTwoMemoryKeysThenSdkThrowsBadRequest() {
		OpenAIClient client = client(memoryKey, (builder) -> builder.putHeader("X-Memory-Key", "mk_" + "y".repeat(32))
			.putHeader("X-Provider-Key", PROVIDER_KEY));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> say(client, "Hello.", "e-3"));
	}

	@Test
	void createWhenMemoryModeIsUnknownThenSdkThrowsBadRequest() {
		OpenAIClient client = client(PROVIDER_KEY,
				(builder) -> builder.putHeader("X-Memory-Key", memoryKey).putHeader("X-Memory-Mode", "maybe"));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> say(client, "Hello.", "e-4"))
			.withMessageContaining("X-Memory-Mode");
	}

	@Test
	void createWhenBodyIsOverTheLimitThenSdkThrowsForStatus413() {
		assertThatExceptionOfType(OpenAIServiceException.class)
			.isThrownBy(() -> say(dropIn(memoryKey), "x".repeat(300_000), "e-5"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(413));
	}

	@Test
	void createWhenProviderRefusesThenSdkThrowsWhatTheProviderSaid() {
		provider.answer("limited",
				WireMock.aResponse()
					.withStatus(429)
					.withHeader("Content-Type", "application/json")
					.withHeader("Retry-After", "7")
					.withBody("{\"error\":{\"message\":\"Quota is used up\",\"type\":\"insufficient_quota\"}}"));
		assertThatExceptionOfType(RateLimitException.class)
			.isThrownBy(() -> send(dropIn(memoryKey), "openai/limited", "Hello.", "e-6"))
			.withMessageContaining("Quota is used up")
			.satisfies((ex) -> assertThat(ex.headers().values("Retry-After")).containsExactly("7"));
	}

	@Test
	void createWhenProviderIsGoneThenSdkThrowsForStatus502() {
		assertThatExceptionOfType(InternalServerException.class)
			.isThrownBy(() -> send(dropIn(memoryKey), "gone/any", "Hello.", "e-7"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(502));
	}

	@Test
	void createWhenProviderIsTooSlowThenSdkThrowsForStatus504() {
		provider.answer("sleepy", WireMock.aResponse().withFixedDelay(5000));
		assertThatExceptionOfType(InternalServerException.class)
			.isThrownBy(() -> send(dropIn(memoryKey), "slow/sleepy", "Hello.", "e-8"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(504));
	}

	@Test
	void chatWhenBodyCannotBeReadThenAnswersOpenAisErrorForm() {
		for (String body : List.of("{", "[]", "{\"model\":\"openai/gpt-5.5\"}", "{\"messages\":\"hello\"}")) {
			HttpResponse<String> answer = gateway.chat(memoryKey, body, "X-Provider-Key", PROVIDER_KEY);
			assertThat(answer.statusCode()).as(body).isEqualTo(400);
			assertThat(answer.body()).as(body).startsWith("{\"error\":{").contains("\"message\"");
		}
	}

	@Test
	void logWhenKeysAndTextsPassThroughThenHoldsNone() {
		say(dropIn(memoryKey), "My secret garden is in Samarkand.", "l-1");
		String printedLater = gateway.output().replaceFirst(memoryKey, "").replace(memoryKey, "");
		assertThat(printedLater).doesNotContain(PROVIDER_KEY, "Samarkand");
		assertThat(gateway.errors()).isEmpty();
	}

	private static void assertHanded(LoggedRequest request, String question, String fact) {
		String message = WireMockProvider.lastMessage(request);
		assertThat(message).startsWith(question + "\n\n<recalled-memories>\n").endsWith("\n</recalled-memories>");
		assertThat(message.substring(question.length())).contains("] user: " + fact + "\n");
		assertThat(WireMockProvider.body(request).path("model").asString()).isEqualTo("gpt-5.5");
		assertNothingOfOurs(request);
	}

	private static void assertNothingOfOurs(LoggedRequest request) {
		assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + PROVIDER_KEY);
		String headers = request.getHeaders()
			.all()
			.stream()
			.map((header) -> header.key() + ": " + header.values())
			.collect(Collectors.joining("\n"));
		assertThat(headers).doesNotContain(memoryKey)
			.doesNotContainIgnoringCase("x-memory")
			.doesNotContainIgnoringCase("x-session")
			.doesNotContainIgnoringCase("x-provider");
		assertThat(request.getBodyAsString()).doesNotContain(memoryKey);
		assertThat(request.getUrl()).isEqualTo("/v1/chat/completions");
	}

	private static OpenAIClient dropIn(String key) {
		return client(PROVIDER_KEY, (builder) -> builder.putHeader("X-Memory-Key", key));
	}

	private static OpenAIClient client(String apiKey,
			Function<OpenAIOkHttpClient.Builder, OpenAIOkHttpClient.Builder> customizer) {
		return customizer
			.apply(OpenAIOkHttpClient.builder().apiKey(apiKey).baseUrl(gateway.uri("/v1").toString()).maxRetries(0))
			.build();
	}

	private static String say(OpenAIClient client, String text, String session) {
		return send(client, "openai/gpt-5.5", text, session);
	}

	private static String send(OpenAIClient client, String model, String text, String session) {
		return client.chat()
			.completions()
			.create(params(model, text, session))
			.choices()
			.get(0)
			.message()
			.content()
			.orElseThrow();
	}

	private static String stream(OpenAIClient client, String text, String session) {
		try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
			.completions()
			.createStreaming(params("openai/gpt-5.5", text, session))) {
			return chunks.stream()
				.flatMap((chunk) -> chunk.choices().stream())
				.flatMap((choice) -> choice.delta().content().stream())
				.collect(Collectors.joining());
		}
	}

	private static ChatCompletionCreateParams params(String model, String text, String session) {
		return ChatCompletionCreateParams.builder()
			.model(model)
			.addUserMessage(text)
			.putAdditionalHeader("X-Session-ID", session + "-" + UUID.randomUUID())
			.build();
	}

	private static String newKey(String name) {
		HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/keys"))
			.header("Authorization", "Bearer " + gateway.printedAdminToken())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
			.build());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return tools.jackson.databind.json.JsonMapper.shared().readTree(answer.body()).path("key").asString();
	}

}
