package io.memoryrouter.gateway.chat.json;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonStrings}.
 */
class JsonStringsTests {

	@Test
	void encodeThenOnlyWhatMustBeIsEscaped() {
		StringBuilder text = new StringBuilder("/<>&'\u007f\u0080\u2028\ue000\ufeff\ud83d\ude00\"\\");
		for (char control = 0; control < ' '; control++) {
			text.append(control);
		}
		String literal = new String(JsonStrings.encode(text.toString()), StandardCharsets.UTF_8);
		assertThat(literal).startsWith("/<>&'\u007f\u0080\u2028\ue000\ufeff\ud83d\ude00\\\"\\\\\\u0000\\u0001")
			.contains("\\t\\n\\u000b\\u000c\\r")
			.endsWith("\\u001e\\u001f");
		assertThat(JsonMapper.shared().readValue('"' + literal + '"', String.class)).isEqualTo(text.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"plain \u00fc\u20ac\ud83d\ude00\"",
			"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "\"\\u0000\"", "\"mixed \u00fc\\n\u20ac\"" })
	void decodeThenAsJacksonDoes(String literal) {
		byte[] document = ("[" + literal + "]").getBytes(StandardCharsets.UTF_8);
		assertThat(JsonStrings.decode(document, new JsonSpan(1, document.length - 1)))
			.isEqualTo(JsonMapper.shared().readValue(literal, String.class));
	}

	@Test
	void decodeWhenBytesAreNoCharactersThenReplaced() {
		byte[] document = { '"', 'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"' };
		assertThat(JsonStrings.decode(document, new JsonSpan(0, document.length))).startsWith("a\ufffd");
	}

	@Test
	void offsetThenWhereTheCharacterBegins() {
		byte[] document = " \"a\u00fc\\u00e9\\/\\ud83d\\ude00z\"".getBytes(StandardCharsets.UTF_8);
		JsonSpan literal = new JsonSpan(1, document.length);
		assertThat(IntStream.range(0, 8).map((index) -> JsonStrings.offset(document, literal, index)))
			.containsExactly(2, 3, 5, 11, 13, 19, 25, 26);
	}

}
