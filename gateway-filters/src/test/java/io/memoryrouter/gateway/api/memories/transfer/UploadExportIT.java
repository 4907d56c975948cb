package io.memoryrouter.gateway.api.memories.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memoryrouter.gateway.api.memories.ManagedGateway;
import io.memoryrouter.keys.KeyMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.memoryrouter.gateway.api.memories.ManagedGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Moving memories in and out by HTTP, with the real embedded store behind.
 */
class UploadExportIT {

	@TempDir
	private static Path folder;

	private static ManagedGateway gateway;

	private static int tests;

	private String key;

	@BeforeAll
	static void start() {
		gateway = new ManagedGateway(folder);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void makeVault() {
		this.key = gateway.key("upload" + tests++, KeyMode.ON);
	}

	private JsonNode upload(String lines, String... headers) {
		return json(gateway.send(this.key, "POST", "/upload", lines, headers), 200);
	}

	private String export(String key) {
		HttpResponse<String> response = gateway.send(key, "GET", "/export", "");
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		return response.body();
	}

	/** An export without what differs from vault to vault. */
	private static String withoutIds(String export) {
		return export.replaceAll(",\"id\":\"mem_[0-9a-f]+\"", "");
	}

	@Test
	void uploadWhenLinesSayAllOrLittleThenEachIsStored() {
		JsonNode report = upload("""
				{"content":"One","role":"assistant","timestamp":1700000000123,"session_id":"s1"}

				{"content":"Two","timestamp":"2024-01-01T01:00:00+01:00","speaker":"Bob","partial":true}
				{"content":"Three"}""", "X-Session-ID", "s2", "Content-Type", "text/csv");
		assertThat(report).hasToString("{\"stored\":3,\"errors\":[]}");
		assertThat(withoutIds(export(this.key))).startsWith(
				"""
						{"content":"One","role":"assistant","timestamp":"2023-11-14T22:13:20.123Z","session_id":"s1"}
						{"content":"Two","role":"user","timestamp":"2024-01-01T00:00:00.000Z","session_id":"s2","speaker":"Bob",\
						"partial":true}
						{"content":"Three","role":"user","timestamp":"2""");
	}

	@Test
	void uploadWhenContentHoldsABlockOfMemoriesThenThatIsNotStored() {
		String block = "<recalled-memories>\\nYesterday\\n</recalled-memories>";
		JsonNode report = upload("{\"content\":\"One\\n\\n" + block + "\"}\n{\"content\":\"" + block + "\"}");
		assertThat(report.path("stored").asInt()).isEqualTo(1);
		assertThat(report.path("errors").findValuesAsString("line")).containsExactly("2");
		assertThat(export(this.key)).contains("\"content\":\"One\"").doesNotContain("Yesterday");
	}

	@Test
	void uploadWhenTheSpeakerOfAnExportedLineIsCorrectedThenTheCorrectionIsStored() {
		upload("{\"content\":\"One\",\"speaker\":\"Bob\",\"timestamp\":1700000000123}");
		String line = export(this.key);
		upload(line.replace("Bob", "Rob"));
		upload(line);
		assertThat(export(this.key).lines()).hasSize(2).anyMatch((corrected) -> corrected.contains("Rob"));
	}

	@Test
	void uploadWhenLinesAreBadThenTheyAreNamedAndTheOthersStored() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (String line : new String[] { "{\"content\":\"Good\"}", "", "{\"content\":", "[]", "{\"content\":\" \"}",
				"{\"content\":\"a\",\"role\":\"system\"}", "{\"content\":\"a\",\"timestamp\":\"soon\"}",
				"{\"content\":\"a\",\"timestamp\":1.5}", "{\"content\":\"a\",\"session_id\":\"\"}", "{\"content\":7}",
				"{\"content\":\"a\"} {}", "{\"content\":\"" + "a".repeat(1024 * 1024) + "\"}" }) {
			body.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
		}
		body.write(new byte[] { '{', '"', 'c', '"', ':', '"', (byte) 0xff, '"', '}', '\n' });
		body.write("{\"content\":\"Last\"}".getBytes(StandardCharsets.UTF_8));
		JsonNode report = json(gateway.gateway()
			.send(gateway.gateway()
				.request("/v1/memory/upload")
				.header("X-Memory-Key", this.key)
				.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))), 200);
		assertThat(report.path("stored").asInt()).isEqualTo(2);
		assertThat(report.path("errors").findValuesAsString("line")).containsExactly("3", "4", "5", "6", "7", "8", "9",
				"10", "11", "12", "13");
		assertThat(report.path("errors").findValuesAsString("message")).allMatch((message) -> message.length() < 120);
	}

	@Test
	void uploadWhenRepeatedThenStoredOnce() {
		String lines = """
				{"content":"Same","timestamp":1}
				{"content":"Same","timestamp":2}
				{"content":"Same"}
				{"content":"Same"}
				""";
		assertThat(upload(lines).path("stored").asInt()).isEqualTo(4);
		assertThat(upload(lines).path("stored").asInt()).isEqualTo(4);
		assertThat(export(this.key).lines()).hasSize(3);
	}

	@Test
	void uploadWhenTooManyLinesThen413SaysWhereToGoOn() {
		String lines = IntStream.rangeClosed(1, 10_003)
			.mapToObj((i) -> (i % 100 == 0) ? "{\"content\":\"line " + i + "\"}" : "")
			.collect(Collectors.joining("\n"));
		// Far more than what is on its way when the answer is sent.
		JsonNode refused = json(gateway.send(this.key, "POST", "/upload", lines + "x".repeat(20_000_000)), 413);
		assertThat(refused.path("error").path("code").asString()).isEqualTo("too_many_lines");
		assertThat(refused.path("stored").asInt()).isEqualTo(100);
		assertThat(refused.path("next_line").asInt()).isEqualTo(10_001);
	}

	@Test
	void uploadWhenClientGoesAwayThenWholeLinesThatCameAreStored() throws IOException {
		URI address = gateway.gateway().request("/v1/memory/upload").build().uri();
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			String head = "POST /v1/memory/upload HTTP/1.1\r\nHost: localhost\r\nX-Memory-Key: " + this.key
					+ "\r\nContent-Length: 100000\r\n\r\n";
			String lines = "{\"content\":\"First\"}\n{\"content\":\"Second\"}\n{\"content\":\"Cut short\"}";
			socket.getOutputStream().write((head + lines).getBytes(StandardCharsets.UTF_8));
			socket.getOutputStream().flush();
			await().atMost(ManagedGateway.TIMEOUT).until(() -> export(this.key).lines().count() == 2);
		}
		upload("{\"content\":\"Afterwards\"}");
		assertThat(export(this.key).lines()).hasSize(3).noneMatch((line) -> line.contains("Cut short"));
	}

	@Test
	void uploadWhenByteOrderMarksAndCarriageReturnsThenTheyAreNoContent() {
		JsonNode report = upload("\ufeff{\"content\":\"One\"}\r\n\ufeff{\"content\":\"Two\"}\r\n\ufeff\r\n");
		assertThat(report).hasToString("{\"stored\":2,\"errors\":[]}");
		assertThat(export(this.key)).doesNotContain("\ufeff");
	}

	@Test
	void uploadWhenTimesAreEqualThenOrderIsKept() {
		upload(IntStream.range(0, 1_000)
			.mapToObj((i) -> "{\"content\":\"line " + i + "\",\"timestamp\":7}\n")
			.collect(Collectors.joining()));
		List<String> contents = export(this.key).lines()
			.map((line) -> JsonMapper.shared().readTree(line).path("content").asString())
			.toList();
		assertThat(contents).isEqualTo(IntStream.range(0, 1_000).mapToObj((i) -> "line " + i).toList());
	}

	@Test
	void uploadWhenTenThousandLinesThenAllAreStored() {
		String lines = IntStream.rangeClosed(1, 10_000)
			.mapToObj((i) -> "{\"content\":\"line " + i + "\",\"timestamp\":" + i + "}\n")
			.collect(Collectors.joining());
		assertThat(upload(lines)).hasToString("{\"stored\":10000,\"errors\":[]}");
		assertThat(gateway.get(this.key, "/stats").path("memories").asInt()).isEqualTo(10_000);
		json(gateway.send(this.key, "DELETE", "", ""), 200);
	}

	@Test
	void uploadWhenContentHoldsSecretThenItIsNotStored() {
		upload("{\"content\":\"My key is mk_0123456789abcdefABCDEF0123456789, ok?\"}");
		assertThat(export(this.key)).contains("My key is [redacted], ok?").doesNotContain("mk_");
	}

	@Test
	void uploadWhenKeyOnlyReadsThen403() {
		HttpResponse<String> response = gateway.send(this.key + ":read", "POST", "/upload", "{\"content\":\"a\"}");
		assertThat(json(response, 403).path("error").path("message").asString()).contains(":read");
		assertThat(export(this.key)).isEmpty();
	}

	@Test
	void exportWhenUploadedElsewhereThenNothingIsLost() {
		upload(randomLines(new Random(5)));
		String exported = export(this.key);
		assertThat(exported.lines().count()).isGreaterThan(200);
		String elsewhere = gateway.key("elsewhere", KeyMode.ON);
		JsonNode report = json(gateway.send(elsewhere, "POST", "/upload", exported), 200);
		assertThat(report.path("errors").isEmpty()).isTrue();
		assertThat(withoutIds(export(elsewhere))).isEqualTo(withoutIds(exported));
		assertThat(upload(exported).path("stored").asLong()).isEqualTo(exported.lines().count());
		assertThat(export(this.key)).isEqualTo(exported);
	}

	private static String randomLines(Random random) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 300; i++) {
			var line = JsonMapper.shared().createObjectNode();
			line.put("content", text(random) + i / 2);
			line.put("role", random.nextBoolean() ? "user" : "assistant");
			line.put("timestamp", 1_700_000_000_000L + random.nextInt(20));
			line.put("speaker", random.nextBoolean() ? text(random) : null);
			line.put("session_id", random.nextBoolean() ? "s " + random.nextInt(3) : null);
			line.put("partial", random.nextBoolean());
			lines.append(line).append('\n');
		}
		return lines.toString();
	}

	private static String text(Random random) {
		return random.ints(1 + random.nextInt(40), 0, 10)
			.mapToObj((
					i) -> new String[] { "a", " ", "\"", "\\", "\n", "\u2028", "\ud83d\ude00", "\u00e9", "}", "\t" }[i])
			.collect(Collectors.joining("", "x", "y"));
	}

}
