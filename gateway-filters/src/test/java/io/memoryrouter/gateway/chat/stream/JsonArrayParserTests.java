package io.memoryrouter.gateway.chat.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonArrayParser}.
 */
class JsonArrayParserTests {

	private static final int LIMIT = 100;

	private static final String CHARACTERS = "a\"\\[]{},:\u00e9\n ";

	private static final JsonMapper MAPPER = JsonMapper.shared();

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

	@Property(tries = 500)
	void acceptWhenArrayIsRandomThenParserAgrees(@ForAll long seed) {
		Random random = new Random(seed);
		ArrayNode array = MAPPER.createArrayNode();
		for (int i = random.nextInt(5); i > 0; i--) {
			array.add(value(random, 3));
		}
		List<JsonNode> found = new ArrayList<>();
		JsonArrayParser split = new JsonArrayParser(
				(bytes, offset, length) -> found.add(MAPPER.readTree(bytes, offset, length)), Integer.MAX_VALUE);
		byte[] bytes = (random.nextBoolean() ? array.toString() : array.toPrettyString())
			.getBytes(StandardCharsets.UTF_8);
		for (int start = 0; start < bytes.length;) {
			int length = Math.min(1 + random.nextInt(20), bytes.length - start);
			split.accept(bytes, start, length);
			start += length;
		}
		assertThat(found).isEqualTo(array.valueStream().filter(JsonNode::isContainer).toList());
		assertThat(split.hasEnded()).isTrue();
	}

	private static JsonNode value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 4 : 2)) {
			case 0 -> MAPPER.getNodeFactory().numberNode(random.nextInt());
			case 1 -> MAPPER.getNodeFactory().stringNode(text(random));
			case 2 -> MAPPER.createArrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
			default -> MAPPER.createObjectNode()
				.<ObjectNode>set(text(random), value(random, depth - 1))
				.set(text(random), value(random, depth - 1));
		};
	}

	private static String text(Random random) {
		return random.ints(random.nextInt(8), 0, CHARACTERS.length())
			.mapToObj((index) -> CHARACTERS.substring(index, index + 1))
			.collect(Collectors.joining());
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
