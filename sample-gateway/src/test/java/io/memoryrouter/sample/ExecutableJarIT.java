package io.memoryrouter.sample;

import java.nio.file.Path;

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

}
