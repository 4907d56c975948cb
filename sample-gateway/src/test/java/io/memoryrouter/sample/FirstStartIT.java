package io.memoryrouter.sample;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.memoryrouter.sample.harness.CurlLine;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a newcomer sees: an address, a token, a key, and lines to paste that work.
 */
class FirstStartIT {

	@TempDir
	Path folder;

	@Test
	void startWhenItIsTheFirstThenPrintsLinesThatWorkAndTheNextStartPrintsNone() throws Exception {
		GatewayCommand command = GatewayCommand.in(this.folder);
		String memoryKey;
		try (GatewayProcess gateway = command.start()) {
			assertThat(gateway.output()).contains("http://localhost:" + command.environment("SERVER_PORT"));
			assertThat(gateway.printedAdminToken()).hasSizeGreaterThanOrEqualTo(32);
			memoryKey = gateway.printedMemoryKey();
			assertThat(answers(gateway)).satisfiesExactly(
					(first) -> assertThat(first).contains("I was handed no memories."),
					(second) -> assertThat(second).contains("I was handed 1 memory:", "user: My name is Alice"));
			assertThat(gateway.errors()).isEmpty();
			gateway.terminate();
			assertThat(gateway.awaitExit()).isZero();
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve("data"))))
			.isEqualTo("rwx------");
		try (GatewayProcess again = command.start()) {
			assertThat(again.output()).doesNotContain("mk_", "administrator").contains("Started");
			assertThat(again.chat(memoryKey, ask("What is my name?")).body()).contains("My name is Alice");
		}
	}

	@Test
	void startWhenOperatorHasAnAdministratorTokenThenDoesNotPrintIt() {
		String token = "operators-own-token-0123456789";
		try (GatewayProcess gateway = GatewayCommand.in(this.folder)
			.environment("MEMORYROUTER_ADMIN_TOKEN", token)
			.start()) {
			assertThat(gateway.output()).doesNotContain(token).contains("mk_");
		}
	}

	@Test
	void chatWhenItIsAStreamWithoutAModelThenDemoAnswersIt() {
		try (GatewayProcess gateway = GatewayCommand.in(this.folder).start()) {
			String body = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}]}";
			HttpResponse<String> answer = gateway.chat(gateway.printedMemoryKey(), body);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("X-Provider-Detected")).hasValue("demo");
			assertThat(answer.body()).startsWith("data: {")
				.contains("I was handed no memories.")
				.endsWith("data: [DONE]\n\n");
		}
	}

	private static List<String> answers(GatewayProcess gateway) {
		return CurlLine.in(gateway.output())
			.stream()
			.map((line) -> gateway.send(line.request()))
			.peek((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200))
			.map(HttpResponse::body)
			.toList();
	}

	private static String ask(String question) {
		return "{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
	}

}
