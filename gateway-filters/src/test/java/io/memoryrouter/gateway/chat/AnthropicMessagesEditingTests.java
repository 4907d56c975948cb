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
 * Tests for where {@link AnthropicMessagesDialect} puts a block. In the tables {@code B}
 * is the block, {@code T} and {@code C} are blocks of text, {@code C} one with a cache
 * breakpoint, {@code R} the result of a tool, {@code I} an image.
 */
class AnthropicMessagesEditingTests {

	@ParameterizedTest
	@CsvSource({ "T,'T,B'", "C,'C,B'", "'T,T','T,T,B'", "'C,T','C,T,B'", "'T,I','T,I,B'", "'I','I,B'", "'R,T','R,T,B'",
			"'R,C','R,C,B'", "' T ',' T,B '", "'',B", "' ','B '" })
	void withBlockWhenUserSuffixThenBlockBehindAllOthers(String content, String expected) {
		assertThat(withBlock(user(content), Placement.USER_SUFFIX)).isEqualTo(user(expected));
	}

	@ParameterizedTest
	@CsvSource({ "T,'B,T'", "C,'B,C'", "'I,T','B,I,T'", "'R,T','R,B,T'", "'R,R,C','R,R,B,C'",
			"' R , R , T ',' R , R,B , T '", "'T,R','T,R,B'", "' T ','B, T '", "'',B", "' ','B '" })
	void withBlockWhenUserPrefixThenBlockBeforeAllOthersButResultsOfTools(String content, String expected) {
		assertThat(withBlock(user(content), Placement.USER_PREFIX)).isEqualTo(user(expected));
	}

	@Test
	void withBlockWhenUserSaysAStringThenItStaysOne() {
		String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
		assertThat(withBlock(body.formatted("q"), Placement.USER_SUFFIX))
			.isEqualTo(body.formatted("q\\n\\n" + ESCAPED));
		assertThat(withBlock(body.formatted("q"), Placement.USER_PREFIX))
			.isEqualTo(body.formatted(ESCAPED + "\\n\\nq"));
		assertThat(withBlock(body.formatted(""), Placement.USER_SUFFIX)).isEqualTo(body.formatted(ESCAPED));
	}

	@ParameterizedTest
	@CsvSource({ "T,'T,B','B,T'", "C,'C,B','B,C'", "'T,C','T,C,B','B,T,C'", "'',B,B", "' C ',' C,B ','B, C '" })
	void withBlockWhenSystemIsBlocksThenOneMore(String content, String appended, String prepended) {
		String body = "{\"system\":[%s],\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
		assertThat(withBlock(body.formatted(blocks(content)), Placement.SYSTEM_APPEND))
			.isEqualTo(body.formatted(blocks(appended)));
		assertThat(withBlock(body.formatted(blocks(content)), Placement.SYSTEM_PREPEND))
			.isEqualTo(body.formatted(blocks(prepended)));
	}

	@Test
	void withBlockWhenSystemIsAStringThenItStaysOne() {
		String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}], \"system\" : \"%s\" }";
		assertThat(withBlock(body.formatted("s"), Placement.SYSTEM_APPEND))
			.isEqualTo(body.formatted("s\\n\\n" + ESCAPED));
		assertThat(withBlock(body.formatted("s"), Placement.SYSTEM_PREPEND))
			.isEqualTo(body.formatted(ESCAPED + "\\n\\ns"));
		assertThat(withBlock(body.formatted(""), Placement.SYSTEM_APPEND)).isEqualTo(body.formatted(ESCAPED));
	}

	@ParameterizedTest
	@EnumSource(names = { "SYSTEM_APPEND", "SYSTEM_PREPEND" })
	void withBlockWhenNoSystemThenItIsAdded(Placement placement) {
		assertThat(withBlock("{ \"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}", placement))
			.isEqualTo("{\"system\":\"" + ESCAPED + "\", \"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
	}

	@Test
	void withBlockWhenModelIsAddedTooThenBoth() {
		ChatRequest request = read("{\"memory\":true,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
		List<Edit> edits = new ArrayList<>(request.withoutControls());
		edits.addAll(request.withModel("m"));
		edits.add(request.withBlock("b", Placement.SYSTEM_APPEND, 0));
		assertThat(splice(request, edits))
			.isEqualTo("{\"model\":\"m\",\"system\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
	}

	@Test
	void withBlockWhenNoPlaceThenNoEdit() {
		assertThat(read("{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}").withBlock("b",
				Placement.USER_SUFFIX, -1))
			.isNull();
		assertThat(read("{\"messages\":[{\"role\":\"user\"}]}").withBlock("b", Placement.USER_SUFFIX, 0)).isNull();
		assertThat(read("{\"system\":7,\"messages\":[{\"role\":\"user\"}]}").withBlock("b", Placement.SYSTEM_APPEND, 0))
			.isNull();
	}

	@Test
	void withBlockWhenToolLoopThenInTheQuestionAndThinkingUntouched() {
		String rest = """
				,{"role":"assistant","content":[ {"type":"thinking","thinking":"Let me\\u002e..","signature":"Eq\\/a="},
				{"type":"redacted_thinking","data":"Em=="},{"type":"tool_use","id":"t","name":"f","input":{"a":1.0}}]},
				{"role":"user","content":[%s, %s]}]}""".formatted(blocks("R"), blocks("M"));
		String body = "{\"messages\":[{\"role\":\"user\",\"content\":[%s]}";
		assertThat(withBlock(body.formatted(blocks("T")) + rest, Placement.USER_SUFFIX))
			.isEqualTo(body.formatted(blocks("T,B")) + rest);
	}

	private static String user(String content) {
		return "{\"messages\":[{\"role\":\"user\",\"content\":[" + blocks(content) + "]}]}";
	}

	private static String blocks(String kinds) {
		StringBuilder blocks = new StringBuilder();
		kinds.chars().forEach((kind) -> blocks.append(switch (kind) {
			case 'T' -> "{\"type\":\"text\",\"text\":\"x\"}";
			case 'C' -> "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}";
			case 'R' -> "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"no\"}";
			case 'I' -> "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"x\"}}";
			case 'M' -> "{\"type\":\"text\",\"text\":\"<system-reminder>no</system-reminder>\"}";
			case 'B' -> "{\"type\":\"text\",\"text\":\"" + ESCAPED + "\"}";
			default -> String.valueOf((char) kind);
		}));
		return blocks.toString();
	}

	private static String withBlock(String body, Placement placement) {
		return Edits.withBlock(read(body), placement);
	}

	private static ChatRequest read(String body) {
		return AnthropicMessagesDialect.INSTANCE.read("/v1/messages", bytes(body));
	}

}
