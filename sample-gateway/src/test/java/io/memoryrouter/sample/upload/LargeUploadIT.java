package io.memoryrouter.sample.upload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.memoryrouter.sample.harness.GatewayCommand;
import io.memoryrouter.sample.harness.GatewayProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uploads as large as they may be, to a gateway that has little memory.
 */
class LargeUploadIT {

	private static final int LINES = 10_000;

	private static final int QUESTIONS = 25;

	private static final String HEAP = "128m";

	private static final int HEAP_BYTES = 128 * 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	@TempDir
	Path folder;

	private GatewayProcess gateway;

	@BeforeEach
	void start() {
		this.gateway = GatewayCommand.in(this.folder)
			.heap(HEAP)
			.environment("MEMORYROUTER_CONTEXT_DEADLINE", "20s")
			.start();
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	@Test
	void uploadWhenTenThousandLinesThenQuestionsFindThemAndUploadingAgainAddsNothing() {
		ChatSet chats = ChatSet.of(LINES, QUESTIONS);
		JsonNode report = upload(HttpRequest.BodyPublishers.ofString(String.join("\n", chats.lines())));
		assertThat(report.path("errors").isEmpty()).as(report.toString()).isTrue();
		assertThat(report.path("stored").asInt()).isEqualTo(LINES);
		assertThat(chats.questions()).hasSize(QUESTIONS);
		long found = chats.questions().entrySet().stream().filter(this::isFound).count();
		// Real questions are hard: the answer often needs several lines.
		assertThat(found).isGreaterThan(QUESTIONS / 2);
		upload(HttpRequest.BodyPublishers.ofString(String.join("\n", chats.lines().subList(0, 500))));
		assertThat(get("/v1/memory/stats").path("memories").asInt()).isEqualTo(LINES);
	}

	private boolean isFound(Map.Entry<String, String> question) {
		String body = JsonMapper.shared()
			.writeValueAsString(Map.of("messages", List.of(Map.of("role", "user", "content", question.getKey())),
					"limit", 20, "max_tokens", 4_000));
		JsonNode answer = json(send(HttpRequest.newBuilder(this.gateway.uri("/v1/memory/prepare"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))), 200);
		return answer.path("memories").findValuesAsString("text").contains(question.getValue());
	}

	@Test
	void uploadWhenLargerThanTheHeapThenReadAndItsBadLinesAreTold() {
		String padding = "x".repeat(20_000);
		JsonNode report = upload(HttpRequest.BodyPublishers.ofInputStream(() -> lines(padding)));
		assertThat((long) LINES * padding.length()).isGreaterThan(HEAP_BYTES);
		assertThat(report.path("stored").asInt()).isEqualTo(LINES / 100);
		assertThat(report.path("errors")).hasSize(LINES - LINES / 100);
		assertThat(report.at("/errors/0").toString()).contains("\"line\":2", "'role'");
		assertThat(get("/v1/memory/stats").path("memories").asInt()).isEqualTo(LINES / 100);
	}

	/** One of a hundred is good, so that the time is spent on reading. */
	private static InputStream lines(String padding) {
		Iterator<InputStream> lines = IntStream.range(0, LINES).mapToObj((number) -> line(number, padding)).iterator();
		return new SequenceInputStream(new Enumeration<>() {

			@Override
			public boolean hasMoreElements() {
				return lines.hasNext();
			}

			@Override
			public InputStream nextElement() {
				return lines.next();
			}

		});
	}

	private static InputStream line(int number, String padding) {
		String line = (number % 100 == 0) ? "{\"content\":\"Line " + number + "\",\"ignored\":\"" + padding + "\"}\n"
				: "{\"content\":\"" + padding + "\",\"role\":\"system\"}\n";
		return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
	}

	private JsonNode upload(HttpRequest.BodyPublisher lines) {
		return json(send(HttpRequest.newBuilder(this.gateway.uri("/v1/memory/upload"))
			.header("Content-Type", "application/jsonl")
			.POST(lines)), 200);
	}

	private JsonNode get(String path) {
		return json(send(HttpRequest.newBuilder(this.gateway.uri(path))), 200);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.gateway
			.send(request.timeout(PATIENCE).header("X-Memory-Key", this.gateway.printedMemoryKey()).build());
	}

	private static JsonNode json(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(answer.body());
	}

}
