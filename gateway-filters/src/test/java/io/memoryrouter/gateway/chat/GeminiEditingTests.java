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

import static io.memoryrouter.gateway.chat.Edits.ESCAPED;
import static io.memoryrouter.gateway.chat.Edits.splice;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the edits of a request to Gemini.
 */
class GeminiEditingTests {

	private static final String USER = "\"contents\":[{\"parts\":[{\"text\":\"q\"}]}]";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					[{"parts":[{"text":"q"}]}]                             | [{"parts":[{"text":"q\\n\\n#"}]}]
					[{"parts":[{"text":""}]}]                              | [{"parts":[{"text":"#"}]}]
					{"parts":{"text":"q"}}                                 | {"parts":{"text":"q\\n\\n#"}}
					[{"parts":[{"text":"a"},{"text":"b"},{"fileData":{}}]}] | [{"parts":[{"text":"a"},{"text":"b\\n\\n#"},{"fileData":{}}]}]
					[{"parts":[{"text":"a"},{"thought":true,"text":"b"}]}] | [{"parts":[{"text":"a\\n\\n#"},{"thought":true,"text":"b"}]}]
					[{"parts":[ {"inlineData":{"data":"AA"}} ]}]           | [{"parts":[ {"inlineData":{"data":"AA"}},{"text":"#"} ]}]
					[{"parts":[]}]                                         | [{"parts":[{"text":"#"}]}]
					[{"parts":[{"text":"q"}]},{"role":"model","parts":[{"text":"m"}]}] | [{"parts":[{"text":"q\\n\\n#"}]},{"role":"model","parts":[{"text":"m"}]}]
					[{"parts":[{"text":"q"}]},{"parts":[{"functionResponse":{}}]}] | [{"parts":[{"text":"q\\n\\n#"}]},{"parts":[{"functionResponse":{}}]}]
					[{"parts":[{"functionResponse":{}},{"text":"q"}]}]     | [{"parts":[{"functionResponse":{}},{"text":"q\\n\\n#"}]}]
					""")
	void withBlockWhenUserSuffixThenAtTheEnd(String contents, String expected) {
		assertThat(withBlock("{\"contents\":" + contents + "}", Placement.USER_SUFFIX))
			.isEqualTo("{\"contents\":" + expected.replace("#", ESCAPED) + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			[{"parts":[{"text":"a"},{"text":"b"}]}]   | [{"parts":[{"text":"#\\n\\na"},{"text":"b"}]}]
			[{"parts":[ {"fileData":{}}]}]            | [{"parts":[{"text":"#"}, {"fileData":{}}]}]
			{"parts":{"text":"q"}}                    | {"parts":{"text":"#\\n\\nq"}}
			""")
	void withBlockWhenUserPrefixThenAtTheBeginning(String contents, String expected) {
		assertThat(withBlock("{\"contents\":" + contents + "}", Placement.USER_PREFIX))
			.isEqualTo("{\"contents\":" + expected.replace("#", ESCAPED) + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"systemInstruction":{"parts":[{"text":"a"},{"text":"b"}]} | "systemInstruction":{"parts":[{"text":"a"},{"text":"b\\n\\n#"}]}
					"system_instruction":{"parts":{"text":"a"}}               | "system_instruction":{"parts":{"text":"a\\n\\n#"}}
					"systemInstruction":{"role":"system","parts":[]}          | "systemInstruction":{"role":"system","parts":[{"text":"#"}]}
					"systemInstruction": null                                 | "systemInstruction": {"parts":[{"text":"#"}]}
					"cachedContent":null,"systemInstruction":null             | "cachedContent":null,"systemInstruction":{"parts":[{"text":"#"}]}
					""")
	void withBlockWhenSystemAppendThenInInstruction(String members, String expected) {
		assertThat(withBlock("{" + members + ", " + USER + "}", Placement.SYSTEM_APPEND))
			.isEqualTo("{" + expected.replace("#", ESCAPED) + ", " + USER + "}");
	}

	@Test
	void withBlockWhenSystemPrependThenInInstruction() {
		assertThat(withBlock("{" + USER + ",\"systemInstruction\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]}}",
				Placement.SYSTEM_PREPEND))
			.isEqualTo("{" + USER + ",\"systemInstruction\":{\"parts\":[{\"text\":\"" + ESCAPED
					+ "\\n\\na\"},{\"text\":\"b\"}]}}");
	}

	@ParameterizedTest
	@EnumSource(names = { "SYSTEM_APPEND", "SYSTEM_PREPEND" })
	void withBlockWhenNoInstructionThenAdded(Placement placement) {
		assertThat(withBlock("{ " + USER + "}", placement))
			.isEqualTo("{\"systemInstruction\":{\"parts\":[{\"text\":\"" + ESCAPED + "\"}]}, " + USER + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			"cachedContent":"cachedContents/x",
			"cached_content":"cachedContents/x",
			"cachedContent":"cachedContents/x","systemInstruction":{"parts":[{"text":"a"}]},
			"systemInstruction":"text",
			"systemInstruction":{},
			"systemInstruction":{"parts":{"inlineData":{}}},
			""")
	void withBlockWhenInstructionIsImpossibleThenInUserMessage(String members) {
		String body = "{" + members + USER + "}";
		assertThat(withBlock(body, Placement.SYSTEM_APPEND))
			.isEqualTo(body.replace("\"q\"", "\"q\\n\\n" + ESCAPED + "\""));
		assertThat(withBlock(body, Placement.SYSTEM_PREPEND))
			.isEqualTo(body.replace("\"q\"", "\"" + ESCAPED + "\\n\\nq\""));
	}

	@ParameterizedTest
	@EnumSource
	void withBlockWhenNoPlaceThenNoEdit(Placement placement) {
		String body = "{\"cachedContent\":\"cachedContents/x\",\"contents\":[{\"role\":\"model\"}]}";
		assertThat(read(body).withBlock("b", placement, -1)).isNull();
		String image = "{\"cachedContent\":\"cachedContents/x\",\"contents\":{\"parts\":{\"inlineData\":{}}}}";
		assertThat(read(image).withBlock("b", placement, 0)).isNull();
	}

	@Test
	void withBlockWhenControlsGoTooThenBothEditsHold() {
		ChatRequest request = read("{\"memory\":true,\"contents\":[{\"memory\":true,\"parts\":[{\"text\":\"q\"}]}],"
				+ "\"systemInstruction\":{\"memory\":true,\"parts\":[{\"text\":\"s\"}]},\"session_id\":\"x\"}");
		for (Placement placement : Placement.values()) {
			List<Edit> edits = new ArrayList<>(request.withoutControls());
			edits.add(request.withBlock("B", placement, 0));
			assertThat(splice(request, edits).replaceAll("(\\\\n)*B(\\\\n)*", ""))
				.isEqualTo("{" + USER + ",\"systemInstruction\":{\"parts\":[{\"text\":\"s\"}]}}");
		}
	}

	private static String withBlock(String body, Placement placement) {
		return Edits.withBlock(read(body), placement);
	}

	private static ChatRequest read(String body) {
		return GeminiDialect.INSTANCE.read("/v1beta/models/x:generateContent", bytes(body));
	}

}
