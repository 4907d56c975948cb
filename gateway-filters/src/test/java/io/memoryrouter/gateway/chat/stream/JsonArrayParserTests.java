package io.memoryrouter.gateway.chat.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonArrayParser}.
 */
class JsonArrayParserTests {

	private static final int LIMIT = 100;

	private final List<String> elements = new ArrayList<>();

	private final JsonArrayParser parser = new JsonArrayParser(
			(bytes, offset, length) -> this.elements.add(new String(bytes, offset, length, StandardCharsets.UTF_8)),
			LIMIT);

	@Test
	void acceptWhenSplitAnywhereThenSameElements() {
		String first = "{\"a\": \"]}[{\\\"\\\\\", \"b\": [[1], {\"\u00e9\ud83d\ude00\": {}}]}";
		String second = "{\n}";
		String third = "[\"[\", []]";
		byte[] array = (" \r\n[" + first + "\n,\r\n" + second + " ," + third + "\n] ").getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i <= array.length; i++) {
			for (int j = i; j <= array.length; j++) {
				List<String> found = new ArrayList<>();
				JsonArrayParser split = new JsonArrayParser(
						(bytes, offset, length) -> found.add(new String(bytes, offset, length, StandardCharsets.UTF_8)),
						LIMIT);
				split.accept(array, 0, i);
				split.accept(array, i, j - i);
				split.accept(array, j, array.length - j);
				assertThat(found).containsExactly(first, second, third);
				assertThat(split.hasEnded()).isTrue();
				assertThat(split.hasLost()).isFalse();
			}
		}
	}

	@Test
	void acceptWhenElementIsWholeThenHandedOnBeforeTheComma() {
		accept("[{\"a\":1");
		assertThat(this.elements).isEmpty();
		accept("}");
		assertThat(this.elements).containsExactly("{\"a\":1}");
		assertThat(this.parser.hasEnded()).isFalse();
		accept("\n");
		accept("]");
		assertThat(this.parser.hasEnded()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			[]                                    |
			[1, "]", "{}", null, true, {"a":1}]   | {"a":1}
			[{"a":1]},{"b":2}]                    | {"a":1] {"b":2}
			[}},{"b":2}]                          | {"b":2}
			[,,{"b":2},,]                         | {"b":2}
			[{"a":1}]{"b":2}[{"c":3}]             | {"a":1}
			]}"[{"a":1}]                          | {"a":1}
			""")
	void acceptWhenUnusualThenElementsThatCanBeTold(String array, String expected) {
		accept(array);
		assertThat(String.join(" ", this.elements)).isEqualTo((expected != null) ? expected : "");
		assertThat(this.parser.hasEnded()).isTrue();
	}

	@Test
	void acceptWhenElementIsLargerThanLimitThenPassedOver() {
		accept("[{\"a\":\"" + "x".repeat(LIMIT) + "\"},");
		accept("{\"b\":2}]");
		assertThat(this.elements).containsExactly("{\"b\":2}");
		assertThat(this.parser.hasLost()).isTrue();
		assertThat(this.parser.hasEnded()).isTrue();
	}

	@Test
	void acceptWhenElementIsAsLargeAsLimitThenHandedOn() {
		String element = "[\"" + "x".repeat(LIMIT - 4) + "\"]";
		accept("[" + element);
		assertThat(this.elements).containsExactly(element);
		assertThat(this.parser.hasLost()).isFalse();
	}

	private void accept(String piece) {
		byte[] bytes = ("#" + piece + "#").getBytes(StandardCharsets.UTF_8);
		this.parser.accept(bytes, 1, bytes.length - 2);
	}

}
