package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.memoryrouter.gateway.chat.body.BodySplice;
import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link AnthropicMessagesDialect} reads of a request, and refuses.
 */
class AnthropicMessagesRequestTests {

	@ParameterizedTest
	@CsvSource({ "POST,/v1/messages,true", "GET,/v1/messages,false", "POST,/v1/messages/count_tokens,false",
			"POST,/v1/messages/batches,false", "POST,/v1/messages/,false" })
	void ofThenMessagesAlone(String method, String path, boolean handled) {
		Dialect dialect = Dialect.of(HttpMethod.valueOf(method), path);
		assertThat(dialect).isEqualTo(handled ? AnthropicMessagesDialect.INSTANCE : null);
		assertThat(AnthropicMessagesDialect.INSTANCE.name()).isEqualTo("anthropic");
	}

	@Test
	void readWhenBlocksThenTextBlocksJoined() {
		ChatRequest request = read("""
				{"model":"anthropic/claude","max_tokens":5,"stream":true,"metadata":{"user_id":"u"},
				"system":[{"type":"text","text":"Be brief."}],"thinking":{"type":"enabled","budget_tokens":1024},
				"messages":[{"role":"user","content":[
				{"type":"image","source":{"type":"base64","data":"no","text":"no"}},
				{"type":"text","text":"caf\\u00e9","cache_control":{"type":"ephemeral"}},
				{"type":"document","source":{"type":"text","data":"no"},"title":"no","context":"no"},
				{"type":"search_result","content":[{"type":"text","text":"no"}]},
				{"text":"b","type":"text"}]},
				{"role":"assistant","content":[{"type":"thinking","thinking":"no","signature":"no"},
				{"type":"redacted_thinking","data":"no"},{"type":"text","text":"said"},
				{"type":"tool_use","id":"t","name":"f","input":{"type":"text","text":"no"}}]},
				{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"no"}]}]}
				""");
		assertThat(request.model()).isEqualTo("anthropic/claude");
		assertThat(request.stream()).isTrue();
		assertThat(request.messages()).extracting(ChatMessage::role).containsExactly("user", "assistant", "user");
		assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("caf\u00e9\nb", "said", "");
		assertThat(request.lastUserMessage()).isZero();
		assertThat(request.withoutControls()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			U                                   | 0
			U A U                               | 2
			U A R A R                           | 0
			U A R A U                           | 4
			U A RU                              | 2
			U A UR                              | 2
			U A RM                              | 0
			U A RM A RMU                        | 4
			U A RM A R                          | 0
			MU A R                              | 0
			U A I                               | 2
			U A                                 | 0
			R                                   | -1
			A                                   | -1
			""")
	void lastUserMessageThenLastQuestion(String turns, int expected) {
		List<String> messages = Arrays.stream(turns.split(" ")).map(AnthropicMessagesRequestTests::message).toList();
		assertThat(read("{\"messages\":[" + String.join(",", messages) + "]}").lastUserMessage()).isEqualTo(expected);
	}

	private static String message(String kinds) {
		List<String> blocks = kinds.chars().mapToObj((kind) -> switch (kind) {
			case 'U', 'A' -> "{\"type\":\"text\",\"text\":\"x\"}";
			case 'R' ->
				"{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"no\"}]}";
			case 'M' -> "{\"type\":\"text\",\"text\":\"<system-reminder>\\nno\\n</system-reminder>\\n\"}";
			default -> "{\"type\":\"image\",\"source\":{}}";
		}).toList();
		String role = kinds.equals("A") ? "assistant" : "user";
		return "{\"role\":\"" + role + "\",\"content\":[" + String.join(",", blocks) + "]}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
							<system-reminder>a</system-reminder>                                   | b
					<system-reminder>a</system-reminder>\\n<system-reminder></system-reminder> | b
					<system-reminder>a                                                     | <system-reminder>a\\nb
					<system-reminder>a</system-reminder>c                                  | <system-reminder>a</system-reminder>c\\nb
					<system-reminder>a</system-reminder><system-reminder>                  | <system-reminder>a</system-reminder><system-reminder>\\nb
					<system-reminder                                                       | <system-reminder\\nb
					a<system-reminder></system-reminder>                                   | a<system-reminder></system-reminder>\\nb
					""")
	void textWhenBlockIsAReminderThenLeftOut(String text, String expected) {
		ChatRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
				+ text + "\"},{\"type\":\"text\",\"text\":\"b\"}]}]}");
		assertThat(request.messages().get(0).text()).isEqualTo(expected.replace("\\n", "\n"));
	}

	@Test
	void textWhenReminderIsAllThatWasSaidThenKept() {
		String reminder = "<system-reminder>a</system-reminder>";
		assertThat(
				read("{\"messages\":[{\"role\":\"user\",\"content\":\"" + reminder + "\"}]}").messages().get(0).text())
			.isEqualTo(reminder);
		assertThat(read("{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"" + reminder
				+ "\"}]}]}")
			.messages()
			.get(0)
			.text()).isEqualTo(reminder);
	}

	@Test
	void readWhenControlsThenTakenOut() {
		ChatRequest request = read("""
				{"session_id":"s","model":"m","metadata":{"memory":1},"memory_mode":"on","memory_store":true,
				"memory_store_response":true,"memory_limit":2,"memory_scope":"vault","messages":[
				{"memory":false,"role":"user","content":[{"type":"text","text":"x","memory":1}]}],"memory":true}""");
		assertThat(request.controls()).hasSize(7);
		assertThat(request.messages().get(0).remembered()).isFalse();
		assertThat(splice(request, request.withoutControls())).isEqualTo("""
				{"model":"m","metadata":{"memory":1},"messages":[
				{"role":"user","content":[{"type":"text","text":"x","memory":1}]}]}""");
	}

	@Test
	void withModelThenPrefixIsTakenOff() {
		ChatRequest request = read("{ \"model\" : \"anthropic/claude\",\"messages\":[{\"role\":\"user\"}]}");
		assertThat(splice(request, request.withModel("claude")))
			.isEqualTo("{ \"model\" : \"claude\",\"messages\":[{\"role\":\"user\"}]}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"messages":[]}                                             | messages
			{"system":"x"}                                              | messages
			{"messages":[{"content":"hi"}]}                             | messages[0].role
			{"messages":[{"role":"user","content":[{"type":"text"}]}]}  | messages[0].content[0].text
			{"messages":[{"role":"user","memory":"maybe"}]}             | messages[0].memory
			{"model":5}                                                 | model
			{"stream":1}                                                | stream
			""")
	void readWhenWrongTypeThenErrorNamesField(String body, String param) {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(body))
			.satisfies((ex) -> assertThat(ex.param()).isEqualTo(param));
	}

	@Test
	void toStringThenNoText() {
		ChatRequest request = read("{\"system\":\"secret\",\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}");
		assertThat(request + " " + request.messages()).doesNotContain("secret");
	}

	private static ChatRequest read(String body) {
		return AnthropicMessagesDialect.INSTANCE.read("/v1/messages", body.getBytes(StandardCharsets.UTF_8));
	}

	private static String splice(ChatRequest request, List<Edit> edits) {
		return new String(BodySplice.apply(request.body(), edits), StandardCharsets.UTF_8);
	}

}
