package io.memoryrouter.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import io.memoryrouter.sample.harness.MountNamespace;
import io.memoryrouter.sample.harness.WireMockProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A disk that fills up while the gateway runs costs what cannot be stored, and nothing
 * else.
 */
class FullDiskIT {

	private static final String FAILED = "memoryrouter_gateway_exchanges_total{result=\"failed\"}";

	@TempDir
	Path folder;

	@Test
	void chatWhenDiskIsFullThenAnswersGoOnAndWhatWasStoredStays() throws IOException {
		assumeThat(MountNamespace.isAvailable()).as("mounting").isTrue();
		Path disk = Files.createDirectory(this.folder.resolve("disk"));
		try (WireMockProvider provider = new WireMockProvider();
				GatewayProcess gateway = command(disk, provider).start()) {
			String memoryKey = gateway.printedMemoryKey();
			tell(gateway, memoryKey, "My parrot is called Polynesia.");

			Path fill = MountNamespace.outside(gateway, disk.resolve("fill"));
			fill(fill);
			tell(gateway, memoryKey, "My tortoise is called Xanthippe. " + "She likes dandelions. ".repeat(2000));
			assertThat(provider.requests()).hasSize(2);
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> metric(gateway, FAILED) == 1);
			assertThat(ask(gateway, memoryKey, "What is my parrot called?")).contains("Polynesia");

			Files.delete(fill);
			tell(gateway, memoryKey, "My hedgehog is called Mecki.");
			assertThat(ask(gateway, memoryKey, "What is my hedgehog called?")).contains("Mecki")
				.doesNotContain("Xanthippe");
			assertThat(gateway.errors()).isEmpty();
		}
	}

	private GatewayCommand command(Path disk, WireMockProvider provider) {
		return GatewayCommand.in(this.folder)
			.environment("MEMORYROUTER_STORE_EMBEDDED_PATH", disk.resolve("data").toString())
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", provider.baseUrl())
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", "sk-1")
			.environment("MEMORYROUTER_INGEST_HOLD", "5s")
			.through(MountNamespace.disk(disk, "size=8m", "true"));
	}

	private static void fill(Path file) {
		try (OutputStream output = Files.newOutputStream(file)) {
			byte[] page = new byte[4096];
			while (true) {
				output.write(page);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
		}
	}

	private static void tell(GatewayProcess gateway, String memoryKey, String fact) {
		HttpResponse<String> answer = gateway.chat(memoryKey, body("openai/gpt-5.5", fact));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("Noted.");
	}

	private static String ask(GatewayProcess gateway, String memoryKey, String question) {
		return gateway.chat(memoryKey + ":read", body("demo/echo", question)).body();
	}

	private static double metric(GatewayProcess gateway, String name) {
		HttpRequest request = HttpRequest.newBuilder(gateway.managementUri("/actuator/prometheus")).build();
		return gateway.send(request)
			.body()
			.lines()
			.filter((line) -> line.startsWith(name))
			.mapToDouble((line) -> Double.parseDouble(line.substring(name.length())))
			.sum();
	}

	private static String body(String model, String text) {
		return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
	}

}
