package io.memoryrouter.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.HeldProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is asked to stop finishes what it began.
 */
class StopIT {

	private static final String FACT = "My boat is called Albatross.";

	@TempDir
	Path folder;

	@Test
	void stopWhenAStreamIsUnderWayThenTakesNoMoreLetsItEndAndKeepsIt() throws IOException {
		try (HeldProvider provider = new HeldProvider()) {
			GatewayCommand command = GatewayCommand.in(this.folder)
				.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.baseUrl())
				.environment("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", "sk-1");
			String memoryKey;
			try (GatewayProcess gateway = command.start()) {
				memoryKey = gateway.printedMemoryKey();
				HttpResponse<InputStream> answer = gateway.stream(memoryKey, body("openai/gpt-5.5", FACT));
				try (BufferedReader lines = new BufferedReader(
						new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
					assertThat(lines.readLine()).contains("The beginning");
					gateway.terminate();
					Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> refuses(gateway));
					provider.release();
					List<String> rest = lines.lines().filter((line) -> !line.isEmpty()).toList();
					assertThat(rest).hasSize(2).last().isEqualTo("data: [DONE]");
				}
				assertThat(gateway.awaitExit()).isZero();
				assertThat(gateway.errors()).isEmpty();
			}
			try (GatewayProcess gateway = command.start()) {
				assertThat(gateway.chat(memoryKey, body("demo/echo", "What is my boat called?")).body()).contains(FACT);
			}
		}
	}

	private static boolean refuses(GatewayProcess gateway) {
		try (Socket socket = new Socket("127.0.0.1", gateway.uri("/").getPort())) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static String body(String model, String text) {
		return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
				+ "\"}]}";
	}

}
