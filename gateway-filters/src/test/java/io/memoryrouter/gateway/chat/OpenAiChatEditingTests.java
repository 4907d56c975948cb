package io.memoryrouter.gateway.chat;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.Edit;
import io.memoryrouter.gateway.chat.body.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.memoryrouter.gateway.chat.Edits.ESCAPED;
import static io.memoryrouter.gateway.chat.Edits.splice;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the edits of an {@link OpenAiChatRequest}.
 */
class OpenAiChatEditingTests {

	private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"memory":true,"messages":[M]}                              | {"messages":[M]}
			{"messages":[M],"memory":true}                              | {"messages":[M]}
			{"a":1,"memory":true,"messages":[M]}                        | {"a":1,"messages":[M]}
			{"memory":true,"session_id":"x","messages":[M]}             | {"messages":[M]}
			{"messages":[M],"memory":true,"session_id":"x"}             | {"messages":[M]}
			{"memory":1,"a":1.0,"memory":2,"messages":[M],"memory":3}   | {"a":1.0,"messages":[M]}
			{ "memory" : {"a":[1,"}"]} , "messages" : [M] }             | { "messages" : [M] }
			{ "messages" : [M] , "memory" : "," }                       | { "messages" : [M] }
			{ "a" : 1 , "memory" : null , "messages" : [M] }            | { "a" : 1 , "messages" : [M] }
			{"\\u006demory":1,"messages":[M]}                           | {"messages":[M]}
			{"memoryx":1,"a":{"memory":1},"messages":[M]}               | {"memoryx":1,"a":{"memory":1},"messages":[M]}
			{"messages":[{"memory":true,"role":"user"}]}                | {"messages":[{"role":"user"}]}
			{"messages":[{"role":"user","memory":true},M]}              | {"messages":[{"role":"user"},M]}
			{"messages":[{"role":"u","memory":true}],"messages":[M]}    | {"messages":[{"role":"u"}],"messages":[M]}
			""")
	void withoutControlsThenRestIsAsItCame(String body, String expected) {
		ChatRequest request = read(body.replace("M", USER));
		assertThat(splice(request, request.withoutControls())).isEqualTo(expected.replace("M", USER));
	}

	@Test
	void withoutControlsWhenIndentedThenStaysIndented() {
		ChatRequest request = read("{\r\n  \"memory\": true,\r\n  \"messages\": [" + USER
				+ "],\r\n  \"session_id\": \"s\",\r\n  \"x\": 1,\r\n  \"memory_mode\": \"on\"\r\n}\r\n");
		assertThat(splice(request, request.withoutControls()))
			.isEqualTo("{\r\n  \"messages\": [" + USER + "],\r\n  \"x\": 1\r\n}\r\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"model":"a/b","messages":[M]}                 | {"model":"b\\"","messages":[M]}
			{ "messages":[M], "model" : "a\\/b" }          | { "messages":[M], "model" : "b\\"" }
			{"model":null,"messages":[M]}                  | {"model":"b\\"","messages":[M]}
			{"messages":[M]}                               | {"model":"b\\"","messages":[M]}
			{ "messages":[M]}                              | {"model":"b\\"", "messages":[M]}
			{"memory":1,"messages":[M]}                    | {"model":"b\\"","messages":[M]}
			{"model":"a","messages":[M],"model":"b"}       | {"model":"b\\"","messages":[M],"model":"b\\""}
			""")
	void withModelThenSet(String body, String expected) {
		ChatRequest request = read(body.replace("M", USER));
		List<Edit> edits = new ArrayList<>(request.withoutControls());
		edits.addAll(request.withModel("b\""));
		assertThat(splice(request, edits)).isEqualTo(expected.replace("M", USER));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/", "\\u0061/", "a\\/", "\\u0061\\u002F", "" })
	void withModelWhenItIsTheOneBehindThePrefixThenItStaysAsWritten(String prefix) {
		String body = "{\"messages\":[" + USER + "],\"model\":\"%sb\\/\\u00e9\u00e9\\\"\"}";
		ChatRequest request = read(body.formatted(prefix));
		assertThat(splice(request, request.withModel("b/\u00e9\u00e9\""))).isEqualTo(body.formatted(""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					[{"role":"user","content":"a"},{"role":"user","content":"q"}] | [{"role":"user","content":"a"},{"role":"user","content":"q\\n\\n#"}]
					[{"role":"user","content":"q"},{"role":"tool","content":"t"}] | [{"role":"user","content":"q\\n\\n#"},{"role":"tool","content":"t"}]
					[{"role":"user","content":""}]                                | [{"role":"user","content":"#"}]
					[{"role":"user","content":"1","content":"2"}]                 | [{"role":"user","content":"1","content":"2\\n\\n#"}]
					[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"image_url"}]}] | [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b\\n\\n#"},{"type":"image_url"}]}]
					[{"role":"user","content":[ {"type":"image_url"} ]}]          | [{"role":"user","content":[ {"type":"image_url"},{"type":"text","text":"#"} ]}]
					[{"role":"user","content":[ ]}]                               | [{"role":"user","content":[{"type":"text","text":"#"} ]}]
					""")
	void withBlockWhenUserSuffixThenAtTheEnd(String messages, String expected) {
		assertThat(withBlock(messages, Placement.USER_SUFFIX)).isEqualTo(expected.replace("#", ESCAPED));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					[{"role":"user","content":"q"}]                               | [{"role":"user","content":"#\\n\\nq"}]
					[{"role":"user","content":""}]                                | [{"role":"user","content":"#"}]
					[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}] | [{"role":"user","content":[{"type":"text","text":"#\\n\\na"},{"type":"text","text":"b"}]}]
					[{"role":"user","content":[ {"type":"image_url"}]}]           | [{"role":"user","content":[{"type":"text","text":"#"}, {"type":"image_url"}]}]
					[{"role":"user","content":[]}]                                | [{"role":"user","content":[{"type":"text","text":"#"}]}]
					""")
	void withBlockWhenUserPrefixThenAtTheBeginning(String messages, String expected) {
		assertThat(withBlock(messages, Placement.USER_PREFIX)).isEqualTo(expected.replace("#", ESCAPED));
	}

	@Test
	void withBlockWhenSystemThenInSystemMessage() {
		String messages = "[{\"role\":\"system\",\"content\":\"1\"},{\"role\":\"developer\",\"content\":\"2\"}," + USER
				+ "]";
		assertThat(withBlock(messages, Placement.SYSTEM_APPEND))
			.isEqualTo(messages.replace("\"2\"", "\"2\\n\\n" + ESCAPED + "\""));
		assertThat(withBlock(messages, Placement.SYSTEM_PREPEND))
			.isEqualTo(messages.replace("\"1\"", "\"" + ESCAPED + "\\n\\n1\""));
	}

	@ParameterizedTest
	@EnumSource(names = { "SYSTEM_APPEND", "SYSTEM_PREPEND" })
	void withBlockWhenNoSystemMessageThenFirstMessage(Placement placement) {
		assertThat(withBlock("[ " + USER + "]", placement))
			.isEqualTo("[{\"role\":\"system\",\"content\":\"" + ESCAPED + "\"}, " + USER + "]");
	}

	@Test
	void withBlockWhenNoPlaceThenNoEdit() {
		assertThat(read("{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}").withBlock("b",
				Placement.USER_SUFFIX, -1))
			.isNull();
		assertThat(
				read("{\"messages\":[{\"role\":\"user\",\"content\":null}]}").withBlock("b", Placement.USER_PREFIX, 0))
			.isNull();
		assertThat(read("{\"messages\":[{\"role\":\"user\"}]}").withBlock("b", Placement.USER_SUFFIX, 0)).isNull();
	}

	private static String withBlock(String messages, Placement placement) {
		String body = Edits.withBlock(read("{\"messages\":" + messages + "}"), placement);
		assertThat(body).startsWith("{\"messages\":").endsWith("}");
		return body.substring("{\"messages\":".length(), body.length() - 1);
	}

	private static ChatRequest read(String body) {
		return OpenAiChatDialect.INSTANCE.read("/v1/chat/completions", bytes(body));
	}

}
