package io.memoryrouter.gateway.chat;

import java.nio.charset.Charset;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link OpenAiChatDialect} reads of a request, and refuses.
 */
class OpenAiChatRequestTests {

	private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";

	@Test
	void readWhenPlainRequestThenFieldsKnown() {
		ChatRequest request = read("""
				{"model": "openai/gpt-5.5", "stream": true, "messages": [
				  {"role": "system", "content": "Be brief."},
				  {"role": "user", "name": "Ann", "content": "Caf\\u00e9 \\"x\\"\\n\u00fc"},
				  {"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]},
				  {"role": "tool", "content": "[1]"}]}
				""");
		assertThat(request.model()).isEqualTo("openai/gpt-5.5");
		assertThat(request.stream()).isTrue();
		assertThat(request.messages()).extracting(ChatMessage::role)
			.containsExactly("system", "user", "assistant", "tool");
		assertThat(request.messages()).extracting(ChatMessage::text)
			.containsExactly("Be brief.", "Caf\u00e9 \"x\"\n\u00fc", "", "[1]");
		assertThat(request.messages()).extracting(ChatMessage::name).containsExactly(null, "Ann", null, null);
		assertThat(request.messages()).allMatch(ChatMessage::remembered);
		assertThat(request.lastUserMessage()).isEqualTo(1);
		assertThat(request.controls()).isEmpty();
		assertThat(request.withoutControls()).isEmpty();
	}

	@Test
	void readWhenPartsThenTextPartsJoined() {
		ChatRequest request = read("""
				{"messages":[{"content":[{"type":"text","text":"a"},
				{"type":"image_url","image_url":{"url":"data:","text":"no"}},
				{"type":"input_audio","input_audio":{}},{"type":"file","file":{}},{"type":"refusal","refusal":"no"},
				{"text":"b\\t","cache_control":{"type":"x"},"type":"text"}],"role":"user"}]}
				""");
		ChatMessage message = request.messages().get(0);
		assertThat(message.text()).isEqualTo("a\nb\t");
		assertThat(message.textBytes()).isEqualTo(5);
	}

	@Test
	void readWhenNothingOptionalThenDefaults() {
		ChatRequest request = read("{\"messages\":[{\"role\":\"assistant\"}],\"model\":null,\"stream\":null}");
		assertThat(request.model()).isNull();
		assertThat(request.stream()).isFalse();
		assertThat(request.lastUserMessage()).isEqualTo(-1);
		assertThat(request.messages().get(0).text()).isEmpty();
	}

	@Test
	void readWhenMembersRepeatedThenLastCounts() {
		ChatRequest request = read("{\"model\":\"a\",\"messages\":[],\"stream\":true,\"model\":\"b\",\"messages\":["
				+ "{\"role\":\"x\",\"content\":\"1\",\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"0\","
				+ "\"text\":\"2\"}]}],\"stream\":false,\"memory_mode\":\"on\",\"memory_mode\":\"off\"}");
		assertThat(request.model()).isEqualTo("b");
		assertThat(request.stream()).isFalse();
		assertThat(request.messages()).singleElement()
			.satisfies((message) -> assertThat(message.role() + message.text()).isEqualTo("user2"));
		assertThat(request.controls()).containsEntry("memory_mode", "off");
		assertThat(splice(request, request.withModel("c"))).contains("{\"model\":\"c\",").contains(",\"model\":\"c\",");
	}

	@Test
	void readWhenControlsThenValuesAsText() {
		ChatRequest request = read("{\"session_id\":\"a\\u0062\",\"memory\":false,\"memory_limit\":1.0,"
				+ "\"memory_store\":null,\"memory_scope\":[1, 2],\"store\":true,\"messages\":[" + USER + "]}");
		assertThat(request.controls()).hasSize(5)
			.containsEntry("session_id", "ab")
			.containsEntry("memory", "false")
			.containsEntry("memory_limit", "1.0")
			.containsEntry("memory_store", "null")
			.containsEntry("memory_scope", "[1, 2]");
		assertThat(splice(request, request.withoutControls()))
			.isEqualTo("{\"store\":true,\"messages\":[" + USER + "]}");
	}

	@ParameterizedTest
	@CsvSource({ "false,false", "true,true", "'\"False\"',false", "'\"TRUE\"',true", "null,true" })
	void readWhenMessageHasMemoryThenUnderstood(String value, boolean remembered) {
		ChatRequest request = read("{\"messages\":[{\"role\":\"user\",\"memory\":" + value + "}]}");
		assertThat(request.messages().get(0).remembered()).isEqualTo(remembered);
		assertThat(splice(request, request.withoutControls())).isEqualTo("{\"messages\":[{\"role\":\"user\"}]}");
	}

	@Test
	void readWhenNoCharactersThenTextAnyway() {
		ChatRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud800b\\u0000\\udc00\"}]}");
		assertThat(request.messages().get(0).text()).isEqualTo("a\ud800b\0\udc00");
	}

	@Test
	void readWhenHalfOfSurrogatePairInNameThenRefused() {
		assertThatExceptionOfType(InvalidChatRequestException.class)
			.isThrownBy(() -> read("{\"\\ud83d\":1,\"messages\":[" + USER + "]}"));
		assertThat(read("{\"\\ud83d\\ude00\":1,\"messages\":[" + USER + "]}").messages()).hasSize(1);
	}

	@Test
	void readWhenByteOrderMarkThenPassedOver() {
		ChatRequest request = read("\ufeff{\"memory\":true,\"messages\":[" + USER + "]}");
		assertThat(splice(request, request.withoutControls())).isEqualTo("\ufeff{\"messages\":[" + USER + "]}");
	}

	@Test
	void readWhenLongNumbersStringsAndNamesThenAccepted() {
		String number = "9".repeat(5000);
		String text = "x".repeat(21_000_000);
		String name = "n".repeat(100_000);
		ChatRequest request = read("{\"seed\":" + number + ",\"" + name + "\":1e999,\"messages\":[{\"role\":\"user\","
				+ "\"content\":\"" + text + "\"}]}");
		assertThat(request.messages().get(0).text()).isEqualTo(text);
		assertThat(request.messages().get(0).textBytes()).isEqualTo(text.length());
	}

	@Test
	void readWhenNestedDeeplyThenAcceptedUpToLimit() {
		assertThat(read(nested(990)).messages()).hasSize(1);
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(nested(100_000)))
			.withMessageContaining("nested more than 1000 levels")
			.satisfies((ex) -> assertThat(ex.param()).isNull());
	}

	private static String nested(int levels) {
		return "{\"metadata\":" + "[".repeat(levels) + "]".repeat(levels) + ",\"messages\":[" + USER + "]}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"messages":[]}                                                      | messages
			{}                                                                   | messages
			{"messages":null}                                                    | messages
			{"messages":{}}                                                      | messages
			{"messages":["hi"]}                                                  | messages[0]
			{"messages":[{"role":"user"},null]}                                  | messages[1]
			{"messages":[{"content":"hi"}]}                                      | messages[0].role
			{"messages":[{"role":1}]}                                            | messages[0].role
			{"messages":[{"role":"user","content":1}]}                           | messages[0].content
			{"messages":[{"role":"user","content":{}}]}                          | messages[0].content
			{"messages":[{"role":"user","content":["hi"]}]}                      | messages[0].content[0]
			{"messages":[{"role":"user","content":[{"type":"text"}]}]}           | messages[0].content[0].text
			{"messages":[{"role":"user","content":[{"type":"text","text":1}]}]}  | messages[0].content[0].text
			{"messages":[{"role":"user","memory":"maybe"}]}                      | messages[0].memory
			{"messages":[{"role":"user","memory":0}]}                            | messages[0].memory
			{"model":5}                                                          | model
			{"stream":"yes"}                                                     | stream
			""")
	void readWhenWrongTypeThenErrorNamesField(String body, String param) {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(body))
			.withMessageContaining("'" + param + "'")
			.satisfies((ex) -> assertThat(ex.param()).isEqualTo(param));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "[]", "\"secret\"", "{\"secret\"", "{\"secret\":}", "{\"a\":secret}",
			"{\"messages\":[{\"role\":\"user\"}]", "{\"messages\":[{\"role\":\"user\"}]} secret",
			"{\"messages\":[{\"role\":\"user\"}]}{}", "{\"messages\":[{\"role\":\"user\",}]}", "{'a':1}", "{\"a\":01}",
			"{\"a\":\"\\x\"}", "{\"a\":\"\\ud8\"}", "{\"a\":NaN}", "{\"a\":1 /* secret */}", "{\"a\":\"\n\"}" })
	void readWhenNoJsonObjectThenErrorWithoutContent(String body) {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(body))
			.withMessageStartingWith("The body ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"))
			.satisfies((ex) -> assertThat(ex.param()).isNull());
	}

	@Test
	void readWhenMalformedThenErrorHasLineAndColumn() {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read("{\n  \"a\": x}"))
			.withMessage("The body is not valid JSON (line 2, column 8)");
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read("{\"a\": [1,"))
			.withMessage("The body is not valid JSON (line 1, column 10)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE" })
	void readWhenOtherCharsetThenRefused(String charset) {
		byte[] body = ("{\"messages\":[" + USER + "]}").getBytes(Charset.forName(charset));
		assertThatExceptionOfType(InvalidChatRequestException.class)
			.isThrownBy(() -> OpenAiChatDialect.INSTANCE.read("/v1/chat/completions", body))
			.withMessageContaining("UTF-8");
	}

	@Test
	void readWhenBytesAreNoUtf8ThenRefused() {
		byte[] body = "{\"messages\":[{\"role\":\"user\",\"content\":\"\u00fc\"}]}"
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(InvalidChatRequestException.class)
			.isThrownBy(() -> OpenAiChatDialect.INSTANCE.read("/v1/chat/completions", body));
	}

	@Test
	void toStringThenNoText() {
		ChatRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}");
		assertThat(request + " " + request.messages()).doesNotContain("secret");
	}

	private static ChatRequest read(String body) {
		return OpenAiChatDialect.INSTANCE.read("/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
	}

	private static String splice(ChatRequest request, List<Edit> edits) {
		return new String(BodySplice.apply(request.body(), edits), StandardCharsets.UTF_8);
	}

}
