package io.memoryrouter.sample.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.openai.client.OpenAIClient;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The route of {@code docs/rate-limits.md}, as the official SDKs see it.
 */
class RateLimitIT {

	private static final Path DOCUMENT = Path.of("..", "docs", "rate-limits.md");

	private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

	private static final String MODEL = "demo/echo";

	@TempDir
	static Path folder;

	private static GatewayProcess gateway;

	private static String url;

	@BeforeAll
	static void start() throws IOException {
		Matcher yaml = YAML.matcher(Files.readString(DOCUMENT));
		assertThat(yaml.find()).isTrue();
		Path route = Files.writeString(folder.resolve("rate-limits.yml"), yaml.group(1));
		GatewayCommand command = GatewayCommand.in(folder)
			.environment("SPRING_CONFIG_ADDITIONAL_LOCATION", route.toUri().toString());
		gateway = command.start();
		url = "http://127.0.0.1:" + command.environment("SERVER_PORT");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static Credentials credentials() {
		return new Credentials(gateway.printedMemoryKey() + ":off", Map.of());
	}

	/** A key gains a token a second, so that it is refused soon, if not at once. */
	private static @Nullable Throwable askUntilRefused(ChatClient client) {
		Throwable refusal = null;
		for (int i = 0; i < 1_000 && refusal == null; i++) {
			refusal = catchThrowable(() -> client.ask(MODEL, "Hi"));
		}
		return refusal;
	}

	@ParameterizedTest
	@EnumSource
	void askWhenThereWereTooManyThenTheSdkThrowsItsOwnException(Sdk sdk) {
		try (ChatClient client = sdk.connect(url, credentials())) {
			Throwable refusal = askUntilRefused(client);
			assertThat(refusal).isInstanceOf(sdk.exception(429)).hasMessageContaining("Too many requests");
			assertThat(Sdk.status(refusal)).isEqualTo(429);
			if (sdk != Sdk.GEMINI) {
				assertThat(Sdk.retryAfter(refusal)).containsExactly("1");
			}
		}
	}

	@Test
	void askWhenTheSdkTriesAgainThenItGetsThrough() {
		OpenAIClient once = OpenAiClients.connect(url, credentials());
		try (ChatClient client = new OpenAiClients.Chat(once);
				ChatClient again = new OpenAiClients.Chat(once.withOptions((options) -> options.maxRetries(3)))) {
			assertThat(askUntilRefused(client)).isInstanceOf(Sdk.OPENAI_CHAT.exception(429));
			assertThat(again.ask(MODEL, "Hi")).isNotBlank();
		}
	}

}
