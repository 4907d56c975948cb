package io.memoryrouter.sample;

import java.nio.file.Path;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.memoryrouter.sample.harness.CurlLine;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar that is shipped works as the classes do that it is made of. It runs when there
 * is a jar: after the other tests, in the phase {@code integration-test}.
 */
class ExecutableJarIT {

	private static final Path JAR = Path.of("target", "sample-gateway.jar").toAbsolutePath();

	@TempDir
	Path folder;

	@Test
	void startWhenJarIsAllThereIsThenRemembers() {
		try (GatewayProcess gateway = GatewayCommand.in(this.folder).jar(JAR).start()) {
			String lastAnswer = CurlLine.in(gateway.output())
				.stream()
				.map((line) -> gateway.send(line.request()).body())
				.reduce("", (before, answer) -> answer);
			assertThat(lastAnswer).contains("I was handed 1 memory:");
			gateway.terminate();
			assertThat(gateway.awaitExit()).isZero();
		}
	}

	@Test
	void chatWhenProviderSpeaksTlsThenItIsReached() {
		WireMockServer provider = new WireMockServer(
				WireMockConfiguration.options().bindAddress("127.0.0.1").httpDisabled(true).dynamicHttpsPort());
		provider.stubFor(WireMock.post("/v1/chat/completions").willReturn(WireMock.okJson("{\"id\":\"by-tls\"}")));
		provider.start();
		try (GatewayProcess gateway = GatewayCommand.in(this.folder)
			.jar(JAR)
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_BASEURL", "https://127.0.0.1:" + provider.httpsPort() + "/v1")
			.environment("MEMORYROUTER_PROVIDERS_OPENAI_APIKEY", "sk-test")
			.environment("SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_HTTPCLIENT_SSL_USEINSECURETRUSTMANAGER", "true")
			.start()) {
			String question = "{\"model\":\"openai/gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}]}";
			assertThat(gateway.chat(gateway.printedMemoryKey(), question).body()).contains("by-tls");
		}
		finally {
			provider.stop();
		}
	}

}
