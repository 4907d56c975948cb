package io.memoryrouter.sample;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.memoryrouter.sample.harness.CurlLine;
import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/memory-management.md} shows is what happens.
 */
class MemoryManagementDocIT {

	private static final Path DOCUMENT = Path.of("..", "docs", "memory-management.md");

	private static final Pattern LINES = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern SHOWN = Pattern.compile("^\\{.*}$", Pattern.MULTILINE);

	private static final Pattern ID = Pattern.compile("mem_[0-9a-f]{32}");

	@TempDir
	Path folder;

	@Test
	void documentThenItsLinesAnswerWhatItShows() throws IOException {
		String document = Files.readString(DOCUMENT);
		GatewayCommand command = GatewayCommand.in(this.folder);
		try (GatewayProcess gateway = command.start()) {
			String filledIn = document.replace("localhost:8080", "localhost:" + command.environment("SERVER_PORT"))
				.replace("mk_…", gateway.printedMemoryKey());
			assertThat(CurlLine.in(filledIn)).hasSize(10);
			String uploaded = gateway.send(upload(filledIn)).body();
			String exported = answer(filledIn, 1, gateway, 200);
			String listed = answer(filledIn, 2, gateway, 200);
			assertShown(document, uploaded, exported.lines().findFirst().orElseThrow(), listed);
			String withId = filledIn.replace("mem_…", id(listed));
			assertThat(answer(withId, 3, gateway, 200)).contains("I sail on Sundays.");
			assertThat(answer(withId, 4, gateway, 200)).contains("I sail on Saturdays.");
			assertShown(document, answer(filledIn, 6, gateway, 200).replaceFirst("\"pending\":\\d+", "\"pending\":0"),
					answer(filledIn, 7, gateway, 200), answer(filledIn, 8, gateway, 200));
			assertThat(answer(withId, 5, gateway, 404)).contains("memory_not_found");
			assertThat(answer(filledIn, 9, gateway, 200)).startsWith("{\"deleted\":{\"memories\":1,");
		}
	}

	private static HttpRequest upload(String filledIn) {
		Matcher lines = LINES.matcher(filledIn);
		assertThat(lines.find()).isTrue();
		List<String> words = CurlLine.in(filledIn)
			.get(0)
			.words()
			.stream()
			.map((word) -> word.equals("@memories.jsonl") ? lines.group(1) : word)
			.toList();
		return new CurlLine(words).request();
	}

	private static String answer(String text, int line, GatewayProcess gateway, int status) {
		HttpResponse<String> answer = gateway.send(CurlLine.in(text).get(line).request());
		assertThat(answer.statusCode()).as("line %d: %s", line, answer.body()).isEqualTo(status);
		return answer.body();
	}

	private static void assertShown(String document, String... answers) {
		List<String> shown = SHOWN.matcher(document).results().map((answer) -> answer.group()).toList();
		for (String answer : answers) {
			assertThat(shown).contains(ID.matcher(answer).replaceAll("mem_…"));
		}
	}

	private static String id(String listed) {
		Matcher id = ID.matcher(listed);
		assertThat(id.find()).isTrue();
		return id.group();
	}

}
