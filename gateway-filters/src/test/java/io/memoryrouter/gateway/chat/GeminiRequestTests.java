package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how {@link GeminiDialect} reads a request.
 */
class GeminiRequestTests {

	private static final String PATH = "/v1beta/models/google/gemini-2.5-flash:generateContent";

	@ParameterizedTest
	@CsvSource({ "POST,/v1beta/models/x:generateContent,true", "POST,/v1beta/models/x:streamGenerateContent,true",
			"POST,/v1/models/a/b:generateContent,true", "GET,/v1beta/models/x:generateContent,false",
			"POST,/v1beta/models/x:countTokens,false", "POST,/v1beta/models/x:embedContent,false",
			"POST,/v1beta/models/x:batchGenerateContent,false", "POST,/v1beta/tunedModels/x:generateContent,false",
			"POST,/v1beta/models/x,false", "POST,/v1/chat/completions,false" })
	void ofWhenContentIsGeneratedThenGemini(String method, String path, boolean gemini) {
		Dialect dialect = Dialect.of(HttpMethod.valueOf(method), path);
		assertThat(dialect == GeminiDialect.INSTANCE).isEqualTo(gemini);
	}

	@Test
	void readThenEverythingOfMemoryIsKnown() {
		ChatRequest request = read(
				"""
						{"systemInstruction": {"parts": [{"text": "Be brief."}]}, "generationConfig": {"temperature": 1.0},
						"contents": [
						  {"role": "user", "parts": [{"text": "Caf\\u00e9"}, {"inlineData": {"mimeType": "image/png",
						    "data": "AAAA", "text": "no"}}, {"text": "\\"x\\""}]},
						  {"role": "model", "parts": [{"text": "hmm", "thought": true, "thoughtSignature": "sig"},
						    {"text": "Yes."}, {"functionCall": {"name": "f", "args": {"text": "no"}}, "thoughtSignature": "s"}]},
						  {"parts": [{"functionResponse": {"name": "f", "response": {"text": "no"}}}]}]}
						""");
		assertThat(request.model()).isEqualTo("google/gemini-2.5-flash");
		assertThat(request.stream()).isFalse();
		assertThat(request.messages()).extracting(ChatMessage::role).containsExactly("user", "assistant", "user");
		assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("Caf\u00e9\n\"x\"", "Yes.", "");
		assertThat(request.messages()).allMatch(ChatMessage::remembered);
		assertThat(request.lastUserMessage()).isZero();
		assertThat(request.controls()).isEmpty();
		assertThat(request.withoutControls()).isEmpty();
		assertThat(request.withModel("other")).isEmpty();
	}

	@Test
	void readWhenPathSaysStreamThenStream() {
		ChatRequest request = GeminiDialect.INSTANCE.read("/v1/models/a%2Fb:streamGenerateContent",
				bytes("{\"contents\":[{}],\"stream\":7,\"model\":{}}"));
		assertThat(request.stream()).isTrue();
		assertThat(request.model()).isEqualTo("a/b");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			[{"parts":[{"text":"a"}]}]                                                          | 0
			[{"role":"user"},{"role":"user","parts":[{"functionResponse":{}},{"text":"b"}]}]    | 1
			[{"role":"user"},{"role":"user","parts":[{"function_response":{}}]}]                | 0
			[{"role":"user"},{"role":"user","parts":{"functionResponse":{}}}]                   | 0
			[{"role":"user"},{"role":"user","parts":[{"toolResponse":{}}]}]                     | 0
			[{"role":"user"},{"role":"function","parts":[{"text":"a"}]}]                        | 0
			[{"role":"user"},{"role":"user","parts":[{"inlineData":{}}]}]                       | 1
			[{"role":"model","parts":[{"text":"a"}]}]                                           | -1
			[{"role":"user","parts":[{"functionResponse":{}}]}]                                 | -1
			""")
	void lastUserMessageThenTheOneThatAsks(String contents, int index) {
		assertThat(read("{\"contents\":" + contents + "}").lastUserMessage()).isEqualTo(index);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"role":"user","parts":{"text":"hi"}}
			{"parts":{"text":"hi"}}
			{"role":null,"parts":[{"text":"hi"}]}
			[{"role":"","parts":{"text":"hi"}}]
			[{"role":"user","parts":[{"text":"hi"},{"text":null},{"text":7},{}]}]
			""")
	void readWhenProtocolBufferIsLooselyWrittenThenUnderstood(String contents) {
		ChatRequest request = read("{\"contents\":" + contents + "}");
		assertThat(request.messages()).singleElement()
			.satisfies((message) -> assertThat(message.role() + " " + message.text()).isEqualTo("user hi"));
	}

	@Test
	void readWhenPartsAreNullOrAbsentThenNoText() {
		assertThat(read("{\"contents\":[{\"parts\":null},{\"role\":\"user\"},{\"parts\":[]}]}").messages())
			.extracting(ChatMessage::text)
			.containsExactly("", "", "");
	}

	@Test
	void readWhenControlsThenValuesAsTextAndRestVerbatim() {
		ChatRequest request = read(
				"{\"memory_mode\":\"read\", \"contents\":[{\"memory\":false,\"parts\":[{\"text\":\"a\"}]}],"
						+ " \"session_id\":\"s\", \"memory_limit\":3}");
		assertThat(request.controls()).hasSize(3)
			.containsEntry("memory_mode", "read")
			.containsEntry("session_id", "s")
			.containsEntry("memory_limit", "3");
		assertThat(request.messages().get(0).remembered()).isFalse();
		assertThat(splice(request, request.withoutControls()))
			.isEqualTo("{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{}                                          | contents
			{"contents":[]}                             | contents
			{"contents":null}                           | contents
			{"contents":"hi"}                           | contents
			{"contents":["hi"]}                         | contents[0]
			{"contents":[{"role":1}]}                   | contents[0].role
			{"contents":[{"parts":7}]}                  | contents[0].parts
			{"contents":[{"parts":["hi"]}]}             | contents[0].parts[0]
			{"contents":[{"memory":"maybe"}]}           | contents[0].memory
			""")
	void readWhenWrongTypeThenErrorNamesField(String body, String param) {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(body))
			.withMessageContaining("'" + param + "'")
			.satisfies((ex) -> assertThat(ex.param()).isEqualTo(param));
	}

	@ParameterizedTest
	@ValueSource(strings = { "demo/..", "demo/..%2Fx", "demo//x", "%2E%2E/x", "." })
	void readWhenModelLeadsElsewhereThenRefused(String model) {
		assertThatExceptionOfType(InvalidChatRequestException.class)
			.isThrownBy(() -> GeminiDialect.INSTANCE.read("/v1beta/models/" + model + ":generateContent",
					bytes("{\"contents\":[{}]}")))
			.satisfies((ex) -> assertThat(ex.param()).isEqualTo("model"));
	}

	@Test
	void withModelThenPathNamesIt() {
		assertThat(ApiFamily.withModel(PATH, "gemini-2.5-flash"))
			.isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
	}

	@Test
	void toStringThenNoText() {
		ChatRequest request = read("{\"contents\":[{\"parts\":[{\"text\":\"secret\"}]}],"
				+ "\"systemInstruction\":{\"parts\":[{\"text\":\"secret\"}]}}");
		assertThat(request + " " + request.messages()).doesNotContain("secret").contains("gemini-2.5-flash");
	}

	private static ChatRequest read(String body) {
		return GeminiDialect.INSTANCE.read(PATH, bytes(body));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String splice(ChatRequest request, List<Edit> edits) {
		return new String(BodySplice.apply(request.body(), edits), StandardCharsets.UTF_8);
	}

}
