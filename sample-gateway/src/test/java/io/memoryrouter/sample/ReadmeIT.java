package io.memoryrouter.sample;

import java.io.IOException;
import java.net.URI;
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
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows is what happens.
 */
class ReadmeIT {

	private static final Path README = Path.of("..", "README.md");

	private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern SHOWN_CONTENT = Pattern.compile("\"content\":(\"<recalled-memories>[^\"]*\")");

	private static final Pattern BASE_URL = Pattern.compile("base_url=\"([^\"]+)\"");

	private static final String ASKED_IN_EVERY_DIALECT = """
			{"model": "demo/echo", "max_tokens": 99, "input": "What is my name?",
			"messages": [{"role": "user", "content": "What is my name?"}],
			"contents": [{"role": "user", "parts": [{"text": "What is my name?"}]}]}""";

	@TempDir
	Path folder;

	@Test
	void readmeWhenItsRouteIsStartedThenItsLinesAnswerWhatItShows() throws IOException {
		String readme = Files.readString(README);
		Path route = Files.writeString(this.folder.resolve("readme.yml"), first(YAML, readme));
		GatewayCommand command = GatewayCommand.in(this.folder)
			.environment("SPRING_CONFIG_ADDITIONAL_LOCATION", route.toUri().toString());
		try (GatewayProcess gateway = command.start()) {
			String filledIn = filledIn(readme, command, gateway);
			List<CurlLine> lines = CurlLine.in(filledIn);
			assertThat(lines).hasSize(8);
			assertThat(gateway.send(lines.get(0).request()).statusCode()).isEqualTo(200);
			HttpResponse<String> answer = gateway.send(lines.get(1).request());
			assertThat(content(answer)).isEqualTo(shownContent(readme));
			assertThat(receipt(filledIn, answer, gateway)).contains("\"outcome\":\"hit\"");
			assertThat(gateway.send(lines.get(3).request()).statusCode()).isEqualTo(201);
			assertThat(gateway.send(lines.get(4).request()).body()).contains("\"last4\":\"enai\"");
			assertThat(gateway.send(lines.get(5).request()).body()).contains("\"provider_keys\":[{");
			assertThat(gateway.send(lines.get(6).request()).body()).contains("[{\"id\":\"mem_",
					"user: My name is Alice, and I sail on Sundays.\\n</recalled-memories>\"");
			HttpResponse<String> ingested = gateway.send(lines.get(7).request());
			assertThat(ingested.statusCode()).isEqualTo(202);
			assertThat(ingested.body()).startsWith("{\"accepted\":2,").endsWith("\"stored\":true}");
			assertSdksReachTheirEndpoints(filledIn, gateway);
		}
	}

	/** The paths are those that the SDKs put behind their base URL. */
	private static void assertSdksReachTheirEndpoints(String readme, GatewayProcess gateway) {
		List<String> baseUrls = BASE_URL.matcher(readme).results().map((url) -> url.group(1)).toList();
		assertThat(baseUrls).hasSize(3);
		for (String path : List.of("/responses", "/chat/completions")) {
			assertDemoAnswers(gateway, baseUrls.get(0) + path);
		}
		assertDemoAnswers(gateway, baseUrls.get(1) + "/v1/messages");
		for (String version : List.of("/v1", "/v1beta")) {
			assertDemoAnswers(gateway, baseUrls.get(2) + version + "/models/demo/echo:generateContent");
		}
	}

	private static void assertDemoAnswers(GatewayProcess gateway, String url) {
		HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(URI.create(url))
			.header("Content-Type", "application/json")
			.header("X-Memory-Key", gateway.printedMemoryKey())
			.POST(HttpRequest.BodyPublishers.ofString(ASKED_IN_EVERY_DIALECT))
			.build());
		assertThat(answer.statusCode()).as(url + ": " + answer.body()).isEqualTo(200);
		assertThat(answer.headers().firstValue("X-Memory-Outcome")).as(url).hasValue("hit");
		assertThat(answer.body()).as(url).contains("My name is Alice, and I sail on Sundays.");
	}

	private static String filledIn(String readme, GatewayCommand command, GatewayProcess gateway) {
		return readme.replace("localhost:8080", "localhost:" + command.environment("SERVER_PORT"))
			.replace("mk_…", gateway.printedMemoryKey())
			.replace("<administrator token>", gateway.printedAdminToken());
	}

	private static String content(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		return withoutDay(JsonMapper.shared().readTree(answer.body()).at("/choices/0/message/content").asString());
	}

	private static String receipt(String filledIn, HttpResponse<String> answer, GatewayProcess gateway) {
		String id = answer.headers().firstValue("X-Memory-Receipt").orElseThrow();
		return gateway.send(CurlLine.in(filledIn.replace("rcpt_…", id)).get(2).request()).body();
	}

	private static String shownContent(String readme) {
		return withoutDay(JsonMapper.shared().readTree(first(SHOWN_CONTENT, readme)).asString());
	}

	private static String withoutDay(String text) {
		return text.replaceAll("\\[\\d{4}-\\d{2}-\\d{2}]", "[day]");
	}

	private static String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as(pattern.pattern()).isTrue();
		return matcher.group(1);
	}

}
