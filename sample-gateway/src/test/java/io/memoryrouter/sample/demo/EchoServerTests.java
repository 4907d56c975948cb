package io.memoryrouter.sample.demo;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class EchoServerTests {

	private static final String QUESTION = """
			{"model":"echo","stream":%s,"stream_options":{"include_usage":true},"messages":[
			{"role":"system","content":[{"type":"text","text":"Be brief."}]},
			{"role":"user","content":"Who am I?\\n\\n<recalled-memories>\\nRead this.\\n[2026-11-23] user: My name is Alice.\\n</recalled-memories>"}]}
			""";

	private static EchoServer server;

	private static WebTestClient client;

	@BeforeAll
	static void start() {
		server = EchoServer.start();
		client = WebTestClient.bindToServer()
			.baseUrl(server.baseUrl().toString())
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void completeWhenAskedPlainlyThenAnswersOneObjectWithUsage() {
		post(QUESTION.formatted(false)).expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.object")
			.isEqualTo("chat.completion")
			.jsonPath("$.model")
			.isEqualTo("echo")
			.jsonPath("$.choices[0].finish_reason")
			.isEqualTo("stop")
			.jsonPath("$.choices[0].message.role")
			.isEqualTo("assistant")
			.jsonPath("$.choices[0].message.content")
			.value(String.class, (content) -> assertThat(content).contains("[2026-11-23] user: My name is Alice."))
			.jsonPath("$.usage.total_tokens")
			.isNotEmpty();
	}

	@Test
	void completeWhenAskedForAStreamThenTheDeltasMakeTheSameAnswer() {
		List<String> events = events(QUESTION.formatted(true));
		assertThat(events).hasSizeGreaterThan(4).endsWith("[DONE]");
		JsonMapper json = JsonMapper.shared();
		List<JsonNode> chunks = events.stream().limit(events.size() - 1L).map(json::readTree).toList();
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> text.append(chunk.at("/choices/0/delta/content").asString("")));
		assertThat(text).hasToString(new HandedMemories(List.of("[2026-11-23] user: My name is Alice.")).describe());
		assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(chunks.get(chunks.size() - 1).path("usage").path("completion_tokens").asInt()).isPositive();
	}

	@Test
	void completeWhenBodyIsNoRequestThenAnswersAnErrorOfOpenAi() {
		for (String body : List.of("", "nonsense", "{}", "[]", "{\"messages\":7}")) {
			post(body).expectStatus().isBadRequest().expectBody().jsonPath("$.error.message").isNotEmpty();
		}
	}

	@Test
	void modelsWhenAskedThenListsTheOnlyModel() {
		client.get()
			.uri("/models")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.data[0].id")
			.isEqualTo("echo");
	}

	@Test
	void anythingElseWhenAskedThenIsNotFound() {
		client.post()
			.uri("/embeddings")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error.message")
			.isNotEmpty();
	}

	private static WebTestClient.ResponseSpec post(String body) {
		return client.post()
			.uri("/chat/completions")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private static List<String> events(String body) {
		String stream = new String(post(body).expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.expectBody()
			.returnResult()
			.getResponseBodyContent(), java.nio.charset.StandardCharsets.UTF_8);
		assertThat(stream).endsWith("\n\n");
		return stream.lines()
			.filter((line) -> !line.isEmpty())
			.map((line) -> line.substring("data: ".length()))
			.toList();
	}

}
