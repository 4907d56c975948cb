package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.body.ChatMessage;
import io.memoryrouter.gateway.chat.body.ChatRequest;
import io.memoryrouter.gateway.chat.body.InvalidChatRequestException;
import io.memoryrouter.gateway.chat.body.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link OpenAiResponsesDialect} reads of a request, and refuses. What it
 * changes is in the conformance corpus.
 */
class ResponsesRequestTests {

	private static final String PATH = "/v1/responses";

	@Test
	void ofWhenPathThenOnlyResponsesThemselves() {
		assertThat(Dialect.of(HttpMethod.POST, PATH)).isSameAs(OpenAiResponsesDialect.INSTANCE);
		assertThat(Dialect.of(HttpMethod.GET, PATH)).isNull();
		for (String other : new String[] { "/resp_1", "/compact", "/input_tokens", "/resp_1/cancel", "/" }) {
			assertThat(Dialect.of(HttpMethod.POST, PATH + other)).isNull();
		}
	}

	@Test
	void readWhenInputIsTextThenUserSaysIt() {
		ChatRequest request = read("{\"model\":\"openai/m\",\"stream\":true,\"input\":\"Caf\\u00e9?\"}");
		assertThat(request.model()).isEqualTo("openai/m");
		assertThat(request.stream()).isTrue();
		assertThat(request.messages()).extracting(ChatMessage::role).containsExactly("user");
		assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("Caf\u00e9?");
		assertThat(request.lastUserMessage()).isZero();
	}

	@Test
	void readWhenInputIsItemsThenMessagesAreToldFromTheRest() {
		ChatRequest request = read("""
				{"input":[{"role":"developer","content":"d"},{"type":"message","role":"user","content":[
				{"type":"input_text","text":"a"},{"type":"input_image","text":"no"},{"type":"input_text","text":"b"}]},
				{"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"no"}]},
				{"type":"message","role":"assistant","content":[{"type":"output_text","text":"c"},
				{"type":"refusal","refusal":"no"}]},{"type":"function_call","arguments":"no"},
				{"type":"function_call_output","output":[{"type":"input_text","text":"no"}]}]}""");
		assertThat(request.messages()).extracting(ChatMessage::role)
			.containsExactly("developer", "user", "", "assistant", "", "");
		assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("d", "a\nb", "", "c", "", "");
		assertThat(request.lastUserMessage()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"t\",\"role\":\"user\",\"content\":\"no\"}",
			"{\"content\":[{\"type\":\"input_text\"},7],\"type\":\"t\"}",
			"{\"role\":{},\"content\":{\"text\":\"no\"},\"type\":\"t\"}", "{\"id\":\"msg_1\"}",
			"{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[]}" })
	void readWhenItemIsNoMessageThenNobodySaysItWhateverItLooksLike(String item) {
		ChatRequest request = read("{\"input\":[{\"role\":\"user\",\"content\":\"q\"}," + item + "]}");
		assertThat(request.messages()).extracting(ChatMessage::role).containsExactly("user", "");
		assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("q", "");
		assertThat(request.lastUserMessage()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"input\":null}", "{\"prompt\":{\"id\":\"p\"}}", "{\"input\":[]}",
			"{\"input\":[{\"type\":\"function_call_output\",\"output\":\"1\"}],\"previous_response_id\":\"r\"}" })
	void readWhenUserSaysNothingThenNothingToAskAndNoPlace(String body) {
		ChatRequest request = read(body);
		assertThat(request.lastUserMessage()).isNegative();
		assertThat(request.withBlock("b", Placement.USER_SUFFIX, request.lastUserMessage())).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{'input':7} | input", "{'input':['a']} | input[0]", "{'input':[{'role':7}]} | input[0].role",
					"{'input':[{'role':'user','content':7}]} | input[0].content",
					"{'input':[{'role':'user','content':[{'type':'input_text'}]}]} | input[0].content[0].text",
					"{'input':[{'content':[7,8],'type':'message','role':7}]} | input[0].content[0]",
					"{'input':[{'type':'function_call_output','memory':'maybe'}]} | input[0].memory",
					"{'input':[{'role':'user','content':'a','memory':'maybe'}]} | input[0].memory",
					"{'model':7} | model", "{'stream':'yes'} | stream" })
	void readWhenWrongThenErrorNamesIt(String body, String param) {
		assertThatExceptionOfType(InvalidChatRequestException.class).isThrownBy(() -> read(body.replace('\'', '"')))
			.satisfies((ex) -> assertThat(ex.param()).isEqualTo(param))
			.withMessageContaining(param);
	}

	private static ChatRequest read(String body) {
		return OpenAiResponsesDialect.INSTANCE.read(PATH, body.getBytes(StandardCharsets.UTF_8));
	}

}
