package io.memoryrouter.memory.embedded;

import io.memoryrouter.memory.embedded.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.memoryrouter.memory.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a process while it stores, and looks for everything that it said was stored.
 */
class DurabilityIT {

	private static final int KILLS = 5;

	@TempDir
	private Path folder;

	@Test
	void appendWhenProcessIsKilledThenEverythingAcknowledgedIsThereAndNoExchangeIsTorn() throws Exception {
		Random random = new Random(7);
		List<String> acknowledged = new ArrayList<>();
		for (int i = 0; i < KILLS; i++) {
			Process process = AppendingProcess.start(this.folder);
			try {
				AppendingProcess.awaitAcknowledged(process, 50 + random.nextInt(500)).forEach(acknowledged::addAll);
			}
			finally {
				// SIGKILL. Not through the process itself, which would close what it has
				// printed.
				process.toHandle().destroyForcibly();
			}
			AppendingProcess.rest(process).forEach(acknowledged::addAll);
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(acknowledged).hasSizeGreaterThan(100 * (i + 1) - 1);
			verify(acknowledged);
		}
	}

	private void verify(List<String> acknowledged) {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(this.folder)) {
			List<Change> changes = new EmbeddedMemoryStore(database).changes(AppendingProcess.VAULT, 0)
				.collectList()
				.block(Duration.ofSeconds(60));
			assertThat(changes).isNotNull();
			Set<String> stored = changes.stream()
				.map((change) -> ((Change.Put) change).memory().id())
				.collect(Collectors.toSet());
			assertThat(stored).containsAll(acknowledged);
			long questions = changes.stream().filter((change) -> text(change).startsWith("question")).count();
			long answers = changes.stream().filter((change) -> text(change).startsWith("answer")).count();
			assertThat(questions).isEqualTo(answers);
			for (int i = 0; i < changes.size(); i += 2) {
				assertThat(text(changes.get(i)).split(" ")[1]).isEqualTo(text(changes.get(i + 1)).split(" ")[1]);
			}
		}
	}

	private static String text(Change change) {
		return ((Change.Put) change).memory().text();
	}

}
