package io.memoryrouter.sample;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.memoryrouter.sample.harness.BreakingProvider;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.WireMockProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses every secret there is, in every place and through all kinds of errors, with the
 * root logger and all of Spring at {@code TRACE}, and then looks for them in whatever can
 * be read afterwards.
 */
class SecretsIT {

	private static final String ADMIN_TOKEN = "adm-5f1c77e0b8d94a32";

	private static final String DEPLOYMENT_KEY = "sk-deployment-91bd2c44";

	private static final String STORED_KEY = "sk-stored-6e0a7d15";

	private static final String CALL_KEY = "sk-of-this-call-77aa";

	private static final String QUERY_KEY = "sk-of-the-query-3333";

	private static final String ENCRYPTION_KEY = "zQxJ1l8o5Rk2m7Vw3sYbT0cNfHgUeDpA4iLrXtCy6Zs";

	private static final String UNKNOWN_KEY = "mk_UnknownUnknownUnknown0042";

	private static final String MALFORMED_KEY = "mk_Malformed!0043";

	private static final String TEXT = "The code of my vault is tangerine-7431.";

	private static final String ANSWER = "It is safe with me: papaya-8812.";

	/** Also what {@code application.yml} quietens. */
	private static final List<String> LOGGERS = List.of("ROOT", "IO_NETTY", "REACTOR", "REACTOR_NETTY", "AI_DJL",
			"ORG_FLYWAYDB", "ORG_SPRINGFRAMEWORK", "ORG_SPRINGFRAMEWORK_WEB", "ORG_SPRINGFRAMEWORK_HTTP",
			"ORG_SPRINGFRAMEWORK_CLOUD", "ORG_SPRINGFRAMEWORK_BOOT_ACTUATE");

	@TempDir
	static Path folder;

	private static WireMockProvider provider;

	private static BreakingProvider breaking;

	private static GatewayProcess gateway;

	private static String memoryKey;

	private static String printed;

	/**
	 * The bodies and headers of what was answered, but for the one that makes the key.
	 */
	private static final List<String> answers = new ArrayList<>();

	private static final List<String> receipts = new ArrayList<>();

	@BeforeAll
	static void useEverySecret() {
		provider = new WireMockProvider();
		breaking = new BreakingProvider();
		provider.answer("gpt-5.5", WireMock.okJson("""
				{"choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]}"""
			.formatted(ANSWER)));
		provider.answer("gpt-refused", WireMock.jsonResponse("{\"error\":{\"message\":\"no\"}}", 429));
		gateway = start();
		printed = gateway.printedMemoryKey();
		memoryKey = newKey();
		chatWithKeysInEveryPlace();
		chatWithErrors();
		manage();
		readReceipts();
		awaitTheLastLine();
	}

	private static GatewayProcess start() {
		GatewayCommand command = GatewayCommand.in(folder)
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", DEPLOYMENT_KEY)
			.environment("MEMORYROUTER_PROVIDERS_GOOGLE_BASEURL", provider.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_BREAKING_BASEURL", breaking.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_GONE_BASEURL", "http://127.0.0.1:" + GatewayCommand.freePort() + "/v1")
			.environment("MEMORYROUTER_ADMIN_TOKEN", ADMIN_TOKEN)
			.environment("MEMORYROUTER_ENCRYPTION_JWKSET",
					"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"" + ENCRYPTION_KEY + "\"}]}");
		LOGGERS.forEach((logger) -> command.environment("LOGGING_LEVEL_" + logger, "TRACE"));
		return command.start();
	}

	private static String newKey() {
		HttpResponse<String> response = gateway
			.send(post("/v1/keys", "{\"name\":\"bob\"}").header("Authorization", "Bearer " + ADMIN_TOKEN).build());
		return JsonMapper.shared().readTree(response.body()).path("key").asString();
	}

	private static void chatWithKeysInEveryPlace() {
		send(chat("gpt-5.5").header("X-Memory-Key", memoryKey).header("Authorization", "Bearer " + CALL_KEY));
		send(chat("gpt-5.5").header("Authorization", "Bearer " + memoryKey).header("X-Provider-Key", CALL_KEY));
		send(chat("gpt-5.5").header("x-api-key", memoryKey).header("api-key", CALL_KEY));
		send(chat("gpt-5.5").header("x-goog-api-key", memoryKey));
		send(chat("gpt-5.5").header("api-key", memoryKey + ":read").header("X-Memory-Debug", "true"));
		send(post("/v1/chat/completions?key=" + memoryKey, body("gpt-5.5").replace(TEXT, "Which code has my vault?"))
			.header("X-Memory-Debug", "true"));
		send(post("/v1/chat/completions?x=1&key=" + QUERY_KEY, body("gpt-5.5")).header("X-Memory-Key", memoryKey));
		send(post("/v1beta/models/gemini-3:generateContent?key=" + QUERY_KEY,
				"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + TEXT + "\"}]}]}")
			.header("X-Memory-Key", memoryKey));
	}

	private static void chatWithErrors() {
		send(chat("gpt-5.5").header("X-Memory-Key", UNKNOWN_KEY).header("X-Provider-Key", CALL_KEY));
		send(chat("gpt-5.5").header("X-Memory-Key", MALFORMED_KEY).header("X-Provider-Key", CALL_KEY));
		send(chat("gpt-5.5").header("X-Memory-Key", memoryKey).header("Authorization", "Bearer " + UNKNOWN_KEY));
		send(chat("gpt-5.5").header("X-Memory-Key", memoryKey).header("X-Provider-Key", memoryKey));
		send(chat("gpt-refused").header("X-Memory-Key", memoryKey).header("X-Provider-Key", CALL_KEY));
		send(post("/v1/chat/completions", body("gpt-5.5").replace("openai", "gone")).header("X-Memory-Key", memoryKey)
			.header("X-Provider-Key", CALL_KEY));
		send(post("/v1/chat/completions", body("gpt-5.5").substring(5)).header("X-Memory-Key", memoryKey)
			.header("X-Provider-Key", CALL_KEY));
		send(chat("gpt-5.5").header("X-Memory-Mode", UNKNOWN_KEY)
			.header("X-Memory-Key", memoryKey)
			.header("X-Provider-Key", CALL_KEY));
		send(post("/v1/chat/completions?key=" + memoryKey, body("gpt-5.5").replace("openai", "breaking"))
			.header("X-Provider-Key", CALL_KEY));
	}

	private static void manage() {
		send(HttpRequest.newBuilder(gateway.uri("/v1/provider-keys/openai"))
			.header("Authorization", "Bearer " + ADMIN_TOKEN)
			.header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + STORED_KEY + "\"}")));
		send(post("/v1/provider-keys/openai/test", "").header("Authorization", "Bearer " + ADMIN_TOKEN));
		send(chat("gpt-5.5").header("X-Memory-Key", memoryKey));
		send(post("/v1/keys", "{\"name\":\"" + UNKNOWN_KEY).header("Authorization", "Bearer " + ADMIN_TOKEN));
		send(post("/v1/keys", "{}").header("Authorization", "Bearer " + memoryKey));
		send(HttpRequest.newBuilder(gateway.uri("/v1/models?key=" + memoryKey)));
	}

	private static void readReceipts() {
		for (String answer : List.copyOf(answers)) {
			if (answer.contains("x-memory-receipt=[")) {
				String id = answer.replaceFirst("(?s).*x-memory-receipt=\\[([^]]+)].*", "$1");
				receipts.add(
						gateway
							.send(HttpRequest.newBuilder(gateway.uri("/v1/memory/receipts/" + id))
								.header("X-Memory-Key", memoryKey)
								.build())
							.body());
			}
		}
	}

	/** What was answered has been logged when what was asked behind it has. */
	private static void awaitTheLastLine() {
		send(HttpRequest.newBuilder(gateway.uri("/v1/the-last-request")).header("X-Memory-Key", memoryKey));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> gateway.output().contains("Completed") && gateway.output()
				.lastIndexOf("Completed") > gateway.output().lastIndexOf("/v1/the-last-request\""));
	}

	private static void send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = gateway.send(request.build());
			answers.add(response.statusCode() + " " + response.headers().map() + "\n" + response.body());
		}
		catch (UncheckedIOException ex) {
			answers.add("broke off");
		}
	}

	private static HttpRequest.Builder chat(String model) {
		return post("/v1/chat/completions", body(model));
	}

	private static String body(String model) {
		return "{\"model\":\"openai/" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + "\"}]}";
	}

	private static HttpRequest.Builder post(String path, String body) {
		return HttpRequest.newBuilder(gateway.uri(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		provider.close();
		breaking.close();
	}

	private static String[] secrets() {
		return new String[] { memoryKey, memoryKey.substring(3), ADMIN_TOKEN, DEPLOYMENT_KEY, STORED_KEY, CALL_KEY,
				QUERY_KEY, ENCRYPTION_KEY, UNKNOWN_KEY, MALFORMED_KEY };
	}

	@Test
	void scenarioThenItHadAnswersAndErrors() {
		assertThat(answers).anyMatch((answer) -> answer.startsWith("200") && answer.contains("papaya"))
			.anyMatch((answer) -> answer.contains("x-memory-outcome=[hit]"))
			.anyMatch((answer) -> answer.startsWith("400"))
			.anyMatch((answer) -> answer.startsWith("401"))
			.anyMatch((answer) -> answer.startsWith("429"))
			.anyMatch((answer) -> answer.startsWith("502"))
			.contains("broke off");
	}

	@Test
	void logWhenEverythingIsTracedThenItHasNoSecretAndNoText() {
		String log = gateway.output() + gateway.errors();
		assertThat(log).contains("TRACE", "/v1/chat/completions", "/v1/the-last-request");
		assertThat(lines(log, secrets())).isEmpty();
		assertThat(lines(log, "tangerine", "papaya")).isEmpty();
		assertThat(log.lines().filter((line) -> line.contains(printed))).as("lines with the key of the first start")
			.hasSize(3);
	}

	@Test
	void metricsThenTheyHaveNoSecretAndNoText() {
		String metrics = gateway.send(HttpRequest.newBuilder(gateway.managementUri("/actuator/prometheus")).build())
			.body();
		assertThat(metrics).contains("memoryrouter");
		assertThat(lines(metrics, secrets())).isEmpty();
		assertThat(lines(metrics, "tangerine", "papaya", printed)).isEmpty();
	}

	@Test
	void answersAndReceiptsThenTheyHaveNoSecret() {
		assertThat(lines(String.join("\n", answers), secrets())).isEmpty();
		assertThat(lines(String.join("\n", receipts), secrets())).isEmpty();
	}

	private static List<String> lines(String text, String... wanted) {
		return text.lines().filter((line) -> List.of(wanted).stream().anyMatch(line::contains)).toList();
	}

}
