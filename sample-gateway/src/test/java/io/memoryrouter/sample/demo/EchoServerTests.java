package io.memoryrouter.sample.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class EchoServerTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String MEMORY = "[2026-11-23] user: My name is Alice.";

	private static final String ASKED = "Who am I?\\n\\n<recalled-memories>\\nRead this.\\n" + MEMORY
			+ "\\n</recalled-memories>";

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

	@ParameterizedTest
	@EnumSource
	void askWhenPlainThenOneDocumentTellsTheMemories(Dialect dialect) {
		JsonNode answer = JSON.readTree(ok(dialect.path, dialect.question, MediaType.APPLICATION_JSON));
		assertThat(answer.at(dialect.text).asString()).isEqualTo(new HandedMemories(List.of(MEMORY)).describe());
		assertThat(answer.at(dialect.usage).asInt()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void askWhenStreamThenTheDeltasMakeTheSameText(Dialect dialect) {
		List<JsonNode> data = data(ok(dialect.streamPath, dialect.streamQuestion(), MediaType.TEXT_EVENT_STREAM));
		assertThat(data).hasSizeGreaterThan(2);
		assertThat(data.stream().map(dialect.delta).collect(Collectors.joining()))
			.isEqualTo(new HandedMemories(List.of(MEMORY)).describe());
	}

	@ParameterizedTest
	@EnumSource
	void askWhenBodyIsNoQuestionThenRefusesInTheFormOfTheDialect(Dialect dialect) {
		for (String body : List.of("", "nonsense", "{}", "[]", "{\"messages\":7,\"input\":7,\"contents\":7}")) {
			assertThat(refused(dialect.path, body, HttpStatus.BAD_REQUEST).at(dialect.error).asString()).as(body)
				.isEqualTo(dialect.invalid);
		}
	}

	@ParameterizedTest
	@EnumSource
	void askWhenThereIsNoSuchModelThenRefuses(Dialect dialect) {
		JsonNode error = refused(dialect.path.replace("echo", "gpt-5.5"), dialect.question.replace("echo", "gpt-5.5"),
				HttpStatus.NOT_FOUND);
		assertThat(error.at("/error/message").asString()).contains("gpt-5.5", "echo");
	}

	@Test
	void streamWhenOpenAiResponsesThenEventsHaveTheirNamesInOrder() {
		String stream = ok(Dialect.RESPONSES.path, Dialect.RESPONSES.streamQuestion(), MediaType.TEXT_EVENT_STREAM);
		assertThat(names(stream)).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.content_part.added", "response.output_text.delta",
				"response.output_text.done", "response.content_part.done", "response.output_item.done",
				"response.completed");
		List<JsonNode> data = data(stream);
		for (int i = 0; i < data.size(); i++) {
			assertThat(data.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
		}
	}

	@Test
	void streamWhenAnthropicThenEventsHaveTheirNamesInOrder() {
		String stream = ok(Dialect.ANTHROPIC.path, Dialect.ANTHROPIC.streamQuestion(), MediaType.TEXT_EVENT_STREAM);
		assertThat(names(stream)).containsExactly("message_start", "content_block_start", "content_block_delta",
				"content_block_stop", "message_delta", "message_stop");
	}

	@Test
	void streamWhenChatAsksForUsageThenItComesBeforeTheEnd() {
		String stream = ok(Dialect.CHAT.path, Dialect.CHAT.streamQuestion(), MediaType.TEXT_EVENT_STREAM);
		assertThat(stream).endsWith("data: [DONE]\n\n");
		List<JsonNode> data = data(stream);
		assertThat(data.get(data.size() - 2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(data.get(data.size() - 1).at("/usage/completion_tokens").asInt()).isPositive();
	}

	@Test
	void streamWhenGeminiIsNotAskedForEventsThenOneArrayHoldsTheSame() {
		String path = "/models/echo:streamGenerateContent";
		JsonNode array = JSON.readTree(ok(path, Dialect.GEMINI.question, MediaType.APPLICATION_JSON));
		assertThat(array.isArray()).isTrue();
		List<JsonNode> events = data(
				ok(Dialect.GEMINI.streamPath, Dialect.GEMINI.question, MediaType.TEXT_EVENT_STREAM));
		assertThat(array.valueStream().map(Dialect.GEMINI.delta))
			.containsExactlyElementsOf(events.stream().map(Dialect.GEMINI.delta).toList());
	}

	@Test
	void askWhenGeminisQuestionHasNoArraysThenTellsTheMemoriesAllTheSame() {
		String question = "{\"contents\":{\"role\":\"user\",\"parts\":{\"text\":\"" + ASKED + "\"}}}";
		JsonNode answer = JSON.readTree(ok(Dialect.GEMINI.path, question, MediaType.APPLICATION_JSON));
		assertThat(answer.at(Dialect.GEMINI.text).asString()).contains(MEMORY);
	}

	@Test
	void askWhenAnthropicsLimitIsMissingThenRefuses() {
		JsonNode error = refused("/messages", Dialect.ANTHROPIC.question.replace("max_tokens", "max"),
				HttpStatus.BAD_REQUEST);
		assertThat(error.at("/error/message").asString()).contains("max_tokens");
	}

	@Test
	void modelsWhenAskedThenListsTheOnlyModelInEachFamilysForm() {
		assertThat(models("/openai/models", new HttpHeaders()).at("/data/0/id").asString()).isEqualTo("echo");
		assertThat(models("/models", new HttpHeaders()).at("/models/0/name").asString()).isEqualTo("models/echo");
		HttpHeaders anthropic = new HttpHeaders();
		anthropic.set("anthropic-version", "2023-06-01");
		assertThat(models("/models", anthropic).at("/data/0/display_name").asString()).isEqualTo("Echo");
	}

	@Test
	void anythingElseWhenAskedThenIsNotFoundInEachFamilysForm() {
		assertThat(refused("/openai/embeddings", "{}", HttpStatus.NOT_FOUND).at("/error/code").asString())
			.isEqualTo("not_found");
		assertThat(refused("/messages/count_tokens", "{}", HttpStatus.NOT_FOUND).at("/error/type").asString())
			.isEqualTo("not_found_error");
		assertThat(refused("/models/echo:embedContent", "{}", HttpStatus.NOT_FOUND).at("/error/status").asString())
			.isEqualTo("NOT_FOUND");
	}

	private static JsonNode models(String path, HttpHeaders headers) {
		return JSON.readTree(client.get()
			.uri(path)
			.headers((all) -> all.addAll(headers))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private static String ok(String path, String body, MediaType type) {
		WebTestClient.ResponseSpec answer = post(path, body).expectStatus().isOk();
		return text(answer.expectHeader().contentTypeCompatibleWith(type));
	}

	private static JsonNode refused(String path, String body, HttpStatus status) {
		return JSON.readTree(text(post(path, body).expectStatus().isEqualTo(status)));
	}

	private static WebTestClient.ResponseSpec post(String path, String body) {
		return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static String text(WebTestClient.ResponseSpec answer) {
		byte[] body = answer.expectBody().returnResult().getResponseBodyContent();
		assertThat(body).isNotNull();
		return new String(body, StandardCharsets.UTF_8);
	}

	private static List<JsonNode> data(String stream) {
		assertThat(stream).endsWith("\n\n");
		return stream.lines()
			.filter((line) -> line.startsWith("data: {"))
			.map((line) -> JSON.readTree(line.substring("data: ".length())))
			.toList();
	}

	private static List<String> names(String stream) {
		return stream.lines()
			.filter((line) -> line.startsWith("event: "))
			.map((line) -> line.substring("event: ".length()))
			.distinct()
			.toList();
	}

	private enum Dialect {

		CHAT("/openai/chat/completions", """
				{"model":"echo","stream":false,"stream_options":{"include_usage":true},"messages":[
				{"role":"system","content":[{"type":"text","text":"Be brief."}]},
				{"role":"user","content":"%s"}]}""", "/choices/0/message/content", "/usage/total_tokens", "/error/type",
				"invalid_request_error", "/choices/0/delta/content"),

		RESPONSES("/openai/responses", """
				{"model":"echo","stream":false,"instructions":"Be brief.","input":[
				{"role":"user","content":[{"type":"input_text","text":"%s"}]}]}""", "/output/0/content/0/text",
				"/usage/total_tokens", "/error/type", "invalid_request_error", "/delta"),

		ANTHROPIC("/messages", """
				{"model":"echo","stream":false,"max_tokens":9,"system":"Be brief.","messages":[
				{"role":"user","content":[{"type":"text","text":"%s"}]}]}""", "/content/0/text", "/usage/output_tokens",
				"/error/type", "invalid_request_error", "/delta/text"),

		GEMINI("/models/echo:generateContent", """
				{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[
				{"role":"user","parts":[{"text":"%s"}]}]}""", "/candidates/0/content/parts/0/text",
				"/usageMetadata/totalTokenCount", "/error/status", "INVALID_ARGUMENT",
				"/candidates/0/content/parts/0/text");

		private final String path;

		private final String streamPath;

		private final String question;

		private final String text;

		private final String usage;

		private final String error;

		private final String invalid;

		private final Function<JsonNode, String> delta;

		Dialect(String path, String question, String text, String usage, String error, String invalid, String delta) {
			this.path = path;
			this.streamPath = path.replace(":generateContent", ":streamGenerateContent?alt=sse");
			this.question = question.formatted(ASKED);
			this.text = text;
			this.usage = usage;
			this.error = error;
			this.invalid = invalid;
			this.delta = (data) -> data.at(delta).asString("");
		}

		String streamQuestion() {
			return this.question.replace("\"stream\":false", "\"stream\":true");
		}

	}

}
