package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Usage;
import io.memoryrouter.gateway.chat.answer.AnswerReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.chat.Answers.LIMIT;
import static io.memoryrouter.gateway.chat.Answers.buffer;
import static io.memoryrouter.gateway.chat.Answers.json;
import static io.memoryrouter.gateway.chat.Answers.read;
import static io.memoryrouter.gateway.chat.Answers.stream;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link OpenAiResponsesDialect} reads of an answer.
 */
class ResponsesAnswerReaderTests {

	private static final String MESSAGE = "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"one two\"}]}";

	private static final String STREAM = event("created", "\"response\":{\"status\":\"in_progress\",\"output\":[]}")
			+ delta(0, "one ") + event("reasoning_text.delta", "\"delta\":\"no\"") + delta(0, "two")
			+ event("output_text.done", "\"text\":\"no\"") + delta(2, "three")
			+ event("completed", "\"response\":{\"status\":\"completed\",\"error\":null,\"output\":[" + MESSAGE
					+ "],\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}");

	private static final Answer WHOLE = new Answer("one two\n\nthree", true, false, false, new Usage(7, 3));

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readWhenStreamIsSplitAnywhereThenSameAnswer(String lineEnd) {
		byte[] stream = bytes(STREAM.replace("\n", lineEnd));
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(stream());
			boolean first = reader.read(buffer(stream, 0, split));
			assertThat(first ^ reader.read(buffer(stream, split, stream.length))).isTrue();
			assertThat(reader.answer()).isEqualTo(WHOLE);
		}
	}

	@Test
	void readWhenDoneFollowsThenEndsOnce() {
		AnswerReader reader = reader(stream());
		assertThat(read(reader, STREAM)).isTrue();
		assertThat(read(reader, "data: [DONE]\n\n")).isFalse();
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void answerWhenStreamIsCutThenTextSoFar() {
		AnswerReader reader = reader(stream());
		assertThat(read(reader, STREAM.substring(0, STREAM.indexOf("event: response.completed")))).isFalse();
		assertThat(reader.answer()).isEqualTo(new Answer("one two\n\nthree", false, false, false, null));
	}

	@Test
	void answerWhenTransportEndsAfterTheTextThenComplete() {
		AnswerReader reader = reader(stream());
		read(reader, delta(0, "one") + event("output_text.done", "\"text\":\"one\""));
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("one", true, false, false, null));
	}

	@Test
	void answerWhenNoDeltaCameThenTextOfTheResponse() {
		AnswerReader reader = reader(stream());
		read(reader, event("completed", "\"response\":{\"status\":\"completed\",\"output\":[" + MESSAGE + "]}"));
		assertThat(reader.answer()).isEqualTo(new Answer("one two", true, false, false, null));
	}

	@Test
	void answerWhenResponseIsIncompleteThenItsTextIsWhole() {
		AnswerReader reader = reader(stream());
		assertThat(read(reader, delta(0, "one") + event("incomplete",
				"\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}")))
			.isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("one", true, false, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"error\",\"code\":\"x\",\"message\":\"no\"}",
			"{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"x\"}}}",
			"{\"error\":{\"message\":\"no\"}}" })
	void answerWhenErrorInStreamThenTextSoFarAndFailed(String error) {
		AnswerReader reader = reader(stream());
		read(reader, delta(0, "one") + "data: " + error + "\n\n");
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("one", false, false, true, null));
	}

	@Test
	void answerWhenEventsAreGarbageOrUnknownThenPassedOver() {
		AnswerReader reader = reader(stream());
		read(reader, """
				data: {"type":"response.output_text.delta","delta":"no

				data: {"type":"response.output_text.delta","delta":"no",}

				data: garbage

				data: []

				data: {"type":["response.output_text.delta"],"delta":"no"}

				data: {"type":"response.output_text.delta","delta":{"x":"no"}}

				data: {"type":"response.xoutput_text.delta","delta":"no"}

				data: {"type":"output_text.delta","delta":"no"}

				data: {"type":"response.output_text.delta","delta":"yes","output_index":99999999999999999999}

				data: {"type":"response.in_progress","response":[{"output":"no"}]}

				data: {"type":"response.completed","response":{"output":"no","usage":[1],"status":{}}}

				""");
		assertThat(reader.answer()).isEqualTo(new Answer("yes", true, false, false, null));
	}

	@Test
	void answerWhenEventsWithoutNewTextAreLargerThanLimitThenNothingIsMissing() {
		String image = "\"result\":\"" + "x".repeat(LIMIT) + "\"";
		AnswerReader reader = reader(stream());
		assertThat(read(reader, event("image_generation_call.partial_image", image) + delta(1, "one")
				+ event("output_item.done", image)))
			.isFalse();
		assertThat(read(reader, event("completed", image))).isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("one", true, false, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"type\":\"response.output_text.delta\",\"delta\":", "\"delta\":" })
	void answerWhenEventThatMayHoldTextIsLargerThanLimitThenTruncated(String members) {
		AnswerReader reader = reader(stream());
		assertThat(read(reader, "data: {" + members + "\"" + "x".repeat(LIMIT) + "\"}\n\n")).isFalse();
		assertThat(reader.answer()).isEqualTo(new Answer("", false, true, false, null));
	}

	@Test
	void answerWhenNoDeltaCameAndTheResponseIsLargerThanLimitThenTextBeforeIt() {
		AnswerReader reader = reader(stream());
		String image = "{\"type\":\"image_generation_call\",\"result\":\"" + "x".repeat(LIMIT) + "\"}";
		assertThat(read(reader, event("completed", "\"response\":{\"output\":[" + MESSAGE + "," + image + "]}")))
			.isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("one two", true, true, false, null));
		reader = reader(stream());
		assertThat(read(reader, event("completed", "\"response\":{\"output\":[" + image + "," + MESSAGE + "]}")))
			.isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("", true, true, false, null));
	}

	@Test
	void answerWhenJsonThenTextOfAllMessages() {
		AnswerReader reader = reader(json());
		read(reader,
				"{\"status\":\"completed\",\"error\":null,\"output\":[{\"type\":\"reasoning\",\"content\":null},"
						+ MESSAGE + ",{\"type\":\"function_call\"}," + MESSAGE
						+ "],\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}");
		assertThat(reader.answer()).isEqualTo(new Answer("one two\n\none two", true, false, false, new Usage(7, 3)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"type\":\"message\",\"role\":\"user\"", "\"type\":\"other\",\"role\":\"assistant\"" })
	void answerWhenItemIsNoMessageOfTheAssistantThenItIsNotRead(String members) {
		String content = "\"content\":[{\"type\":\"output_text\",\"text\":\"no\"}]";
		AnswerReader reader = reader(json());
		read(reader,
				"{\"output\":[{" + members + "," + content + "}," + MESSAGE + ",{" + content + "," + members + "}]}");
		assertThat(reader.answer()).isEqualTo(new Answer("one two", true, false, false, null));
	}

	@Test
	void answerWhenJsonIsQueuedThenNothingSaid() {
		AnswerReader reader = reader(json());
		read(reader, "{\"status\":\"queued\",\"background\":true,\"error\":null,\"output\":[]}");
		assertThat(reader.answer()).isEqualTo(new Answer("", true, false, false, null));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"error\":{\"message\":\"no\"}}", "{\"status\":\"failed\",\"output\":[" + MESSAGE + "]}" })
	void answerWhenJsonErrorThenNothingSaid(String body) {
		AnswerReader reader = reader(json());
		read(reader, body);
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, true, null));
	}

	@Test
	void answerWhenJsonIsCutAnywhereThenBeginningOfTextAndNothingElse() {
		byte[] body = bytes("{\"output\":[" + MESSAGE + "," + MESSAGE + "],\"status\":\"completed\"}");
		for (int cut = 0; cut < body.length - 1; cut++) {
			AnswerReader reader = reader(json());
			reader.read(buffer(body, 0, cut));
			assertThat("one two\n\none two").startsWith(reader.answer().text());
			assertThat(reader.answer().complete()).isFalse();
		}
	}

	@Test
	void answerWhenJsonIsLargerThanLimitThenTextUpToIt() {
		AnswerReader reader = reader(json());
		read(reader, "{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\""
				+ "x".repeat(2 * LIMIT) + "\"}]}]}");
		reader.finish();
		assertThat(reader.answer().text()).hasSizeBetween(LIMIT - 200, LIMIT).matches("x+");
		assertThat(reader.answer().truncated()).isTrue();
	}

	private static String delta(int output, String text) {
		return event("output_text.delta", "\"output_index\":" + output + ",\"delta\":\"" + text + "\"");
	}

	private static String event(String name, String members) {
		return "event: response." + name + "\ndata: {\"type\":\"response." + name + "\"," + members + "}\n\n";
	}

	private static AnswerReader reader(HttpHeaders headers) {
		return OpenAiResponsesDialect.INSTANCE.answerReader(headers, LIMIT);
	}

}
