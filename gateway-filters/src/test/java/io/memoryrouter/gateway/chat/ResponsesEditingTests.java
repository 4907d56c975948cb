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

import static io.memoryrouter.gateway.chat.Edits.BLOCK;
import static io.memoryrouter.gateway.chat.Edits.ESCAPED;
import static io.memoryrouter.gateway.chat.Edits.splice;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where {@link OpenAiResponsesDialect} puts a block. In the tables {@code #} is
 * the block.
 */
class ResponsesEditingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"q"                                  | "q\\n\\n#"
					""                                   | "#"
					[{"role":"user","content":"q"}]      | [{"role":"user","content":"q\\n\\n#"}]
					[{"content":"q","type":"message","role":"user"}] | [{"content":"q\\n\\n#","type":"message","role":"user"}]
					[{"role":"user","content":[{"type":"input_text","text":"a"},{"text":"b","type":"input_text"},{"type":"input_file"}]}] \
					| [{"role":"user","content":[{"type":"input_text","text":"a"},{"text":"b\\n\\n#","type":"input_text"},{"type":"input_file"}]}]
					[{"role":"user","content":[ {"type":"input_image"} ]}] | [{"role":"user","content":[ {"type":"input_image"},{"type":"input_text","text":"#"} ]}]
					[{"role":"user","content":[]}]       | [{"role":"user","content":[{"type":"input_text","text":"#"}]}]
					[{"role":"user","content":"q"},{"type":"function_call_output","output":"1"}] \
					| [{"role":"user","content":"q\\n\\n#"},{"type":"function_call_output","output":"1"}]
					[{"role":"user","content":"q"},{"type":"other","role":"user","content":"x"},{"role":"developer","content":"d"}] \
					| [{"role":"user","content":"q\\n\\n#"},{"type":"other","role":"user","content":"x"},{"role":"developer","content":"d"}]
					""")
	void withBlockWhenUserSuffixThenAtTheEnd(String input, String expected) {
		assertThat(withBlock("{\"input\":" + input + "}", Placement.USER_SUFFIX))
			.isEqualTo("{\"input\":" + expected.replace("#", ESCAPED) + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"q"     | "#\\n\\nq"
					[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]}] \
					| [{"role":"user","content":[{"type":"input_text","text":"#\\n\\na"},{"type":"input_text","text":"b"}]}]
					[{"role":"user","content":[ {"type":"input_image"}]}] | [{"role":"user","content":[{"type":"input_text","text":"#"}, {"type":"input_image"}]}]
					""")
	void withBlockWhenUserPrefixThenAtTheBeginning(String input, String expected) {
		assertThat(withBlock("{\"input\":" + input + "}", Placement.USER_PREFIX))
			.isEqualTo("{\"input\":" + expected.replace("#", ESCAPED) + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"s"                                   | "s\\n\\n#"  | "#\\n\\ns"
					""                                    | "#"         | "#"
					null                                  | "#"         | "#"
					[{"type":"input_text","text":"s"}]    | [{"type":"input_text","text":"s"},{"type":"input_text","text":"#"}] \
					| [{"type":"input_text","text":"#"},{"type":"input_text","text":"s"}]
					7,"instructions" : null               | 7,"instructions" : "#"   | 7,"instructions" : "#"
					null,"instructions":"s"               | null,"instructions":"s\\n\\n#" | null,"instructions":"#\\n\\ns"
					""")
	void withBlockWhenThereAreInstructionsThenInThem(String instructions, String appended, String prepended) {
		String body = "{\"instructions\":%s ,\"input\":\"q\"}";
		assertThat(withBlock(body.formatted(instructions), Placement.SYSTEM_APPEND))
			.isEqualTo(body.formatted(appended.replace("#", ESCAPED)));
		assertThat(withBlock(body.formatted(instructions), Placement.SYSTEM_PREPEND))
			.isEqualTo(body.formatted(prepended.replace("#", ESCAPED)));
	}

	@ParameterizedTest
	@EnumSource(names = { "SYSTEM_APPEND", "SYSTEM_PREPEND" })
	void withBlockWhenThereAreNoInstructionsThenTheyAreAdded(Placement placement) {
		assertThat(withBlock("{ \"input\":\"q\"}", placement))
			.isEqualTo("{\"instructions\":\"" + ESCAPED + "\", \"input\":\"q\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "{\"text\":\"s\"}", "true" })
	void withBlockWhenInstructionsCanHoldNoTextThenNoEdit(String instructions) {
		ChatRequest request = read("{\"instructions\":" + instructions + ",\"input\":\"q\"}");
		assertThat(request.withBlock(BLOCK, Placement.SYSTEM_APPEND, 0)).isNull();
		assertThat(request.withBlock(BLOCK, Placement.SYSTEM_PREPEND, 0)).isNull();
	}

	@Test
	void withBlockWhenControlsAndModelGoTooThenAllEditsHold() {
		ChatRequest request = read("""
				{"memory":true,"input":[{"memory":true,"role":"user","content":"q"},{"type":"other","memory":false,\
				"content":7}],"store":true,"session_id":"x"}""");
		for (Placement placement : Placement.values()) {
			List<Edit> edits = new ArrayList<>(request.withoutControls());
			edits.addAll(request.withModel("m"));
			edits.add(request.withBlock("B", placement, 0));
			String edited = splice(request, edits);
			assertThat(edited).containsOnlyOnce("B");
			assertThat(edited.replaceAll("(\\\\n)*B(\\\\n)*", "").replace("\"instructions\":\"\",", "")).isEqualTo("""
					{"model":"m","input":[{"role":"user","content":"q"},{"type":"other","content":7}],"store":true}""");
		}
	}

	private static String withBlock(String body, Placement placement) {
		return Edits.withBlock(read(body), placement);
	}

	private static ChatRequest read(String body) {
		return OpenAiResponsesDialect.INSTANCE.read("/v1/responses", bytes(body));
	}

}
