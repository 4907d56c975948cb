package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.chat.Answers.LIMIT;
import static io.memoryrouter.gateway.chat.Answers.buffer;
import static io.memoryrouter.gateway.chat.Answers.gzipped;
import static io.memoryrouter.gateway.chat.Answers.json;
import static io.memoryrouter.gateway.chat.Answers.read;
import static io.memoryrouter.gateway.chat.Answers.stream;
import static io.memoryrouter.gateway.chat.AnthropicAnswers.JSON;
import static io.memoryrouter.gateway.chat.AnthropicAnswers.STREAM;
import static io.memoryrouter.gateway.chat.AnthropicAnswers.TEXT;
import static io.memoryrouter.gateway.chat.AnthropicAnswers.WHOLE;
import static io.memoryrouter.gateway.chat.AnthropicAnswers.reader;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static io.memoryrouter.gateway.testing.Bytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link AnthropicMessagesDialect} reads of an answer.
 */
class AnthropicAnswerReaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readWhenStreamIsSplitAnywhereThenSameAnswer(String lineEnd) {
		byte[] stream = bytes(STREAM.replace("\n", lineEnd));
		int last = new String(stream, StandardCharsets.ISO_8859_1).indexOf("{\"type\":\"message_stop\"}") + 23;
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(stream());
			boolean endedBefore = reader.read(buffer(stream, 0, split));
			boolean endedAfter = reader.read(buffer(stream, split, stream.length));
			assertThat(endedBefore ^ endedAfter).isTrue();
			assertThat(endedBefore && split <= last).isFalse();
			assertThat(reader.answer()).isEqualTo(WHOLE);
		}
	}

	@Test
	void readWhenStreamComesByteByByteThenSameAnswer() {
		byte[] stream = bytes(STREAM);
		AnswerReader reader = reader(stream());
		int ends = 0;
		for (int i = 0; i < stream.length; i++) {
			ends += reader.read(buffer(stream, i, i + 1)) ? 1 : 0;
		}
		assertThat(ends).isEqualTo(1);
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void readWhenStreamIsCompressedThenSameAnswer() {
		byte[] stream = gzip(bytes(STREAM));
		HttpHeaders headers = gzipped(stream());
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(headers);
			boolean first = reader.read(buffer(stream, 0, split));
			assertThat(first ^ reader.read(buffer(stream, split, stream.length))).isTrue();
			assertThat(reader.answer()).isEqualTo(WHOLE);
			reader.close();
		}
	}

	@Test
	void readWhenJsonThenSameAnswerEachTimeItIsAsked() {
		AnswerReader reader = reader(json());
		read(reader, JSON);
		assertThat(reader.answer()).isEqualTo(WHOLE);
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void readWhenJsonIsCompressedThenSameAnswer() {
		HttpHeaders headers = gzipped(json());
		byte[] body = gzip(bytes(JSON));
		AnswerReader reader = reader(headers);
		reader.read(buffer(body, 0, body.length));
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void answerWhenStreamIsCutThenTextSoFar() {
		AnswerReader reader = reader(stream());
		assertThat(read(reader, STREAM.substring(0, STREAM.indexOf("event: message_delta") - 200))).isFalse();
		assertThat(reader.answer()).isEqualTo(new Answer(TEXT, false, false, false, new Usage(117, 1)));
	}

	@Test
	void answerWhenTransportEndsAfterTheModelFinishedThenComplete() {
		AnswerReader reader = reader(stream());
		read(reader, STREAM.substring(0, STREAM.indexOf("event: message_stop")));
		assertThat(reader.answer().complete()).isFalse();
		reader.finish();
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void answerWhenErrorInStreamThenTextSoFarAndFailed() {
		AnswerReader reader = reader(stream());
		read(reader, delta("a") + "event: error\ndata: {\"type\":\"error\",\"error\":"
				+ "{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, false, true, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"no\"}}",
			"{\"type\":\"error\"}", "{\"error\":\"no\",\"content\":[{\"type\":\"text\",\"text\":\"no\"}]}" })
	void answerWhenJsonErrorThenNothingSaid(String body) {
		AnswerReader reader = reader(json());
		read(reader, body);
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, true, null));
	}

	@Test
	void answerWhenEventsAreGarbageOrUnknownThenPassedOver() {
		AnswerReader reader = reader(stream());
		read(reader,
				"""
						data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"no

						data: garbage

						data: []

						data: \u0000

						event: news_of_tomorrow
						data: {"type":"news_of_tomorrow","text":"no","delta":{"type":"music_delta","text":"no"}}

						data: {"type":["content_block_delta"],"delta":[{"type":"text_delta","text":"no"}]}

						data: {"type":"content_block_delta","delta":{"type":{"text":"no"},"text":"no"}}

						data: {"type":"content_block_delta","delta":{"type":"text_delta","text":7}}

						data: {"type":"content_block_delta","delta":"no"}

						data: {"type":"message_start","message":[{"usage":{"input_tokens":9}}]}

						data: {"type":"message_start","message":{"content":"no","usage":[1]}}

						data: {"type":"message_delta","delta":{"stop_reason":{}},"usage":{"input_tokens":99999999999999999999,"output_tokens":"1"}}

						data: {"type":"content_block_start","content_block":null}

						data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"yes"}}

						data: {"type":"message_stop"}

						""");
		assertThat(reader.answer()).isEqualTo(new Answer("yes", true, false, false, new Usage(0, 0)));
	}

	@Test
	void answerWhenMalformedEventHasTextThenItLeavesNoTrace() {
		AnswerReader reader = reader(stream());
		read(reader, """
				data: {"type":"content_block_start","content_block":{"type":"text","text":"no"},}

				data: {"type":"content_block_start","content_block":{"type":"tool_use"}}

				""" + delta("yes"));
		assertThat(reader.answer().text()).isEqualTo("yes");
	}

	@Test
	void answerWhenStreamIsLongerThanLimitThenTruncatedAndStillComplete() {
		AnswerReader reader = reader(stream());
		for (int i = 0; i < 2 * LIMIT / 10; i++) {
			read(reader, delta("0123456789"));
		}
		assertThat(read(reader, "data: {\"type\":\"message_stop\"}\n\n")).isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("0123456789".repeat(LIMIT / 10), true, true, false, null));
	}

	@Test
	void answerWhenJsonIsLargerThanLimitThenTextUpToIt() {
		AnswerReader reader = reader(json());
		read(reader,
				"{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\""
						+ "x".repeat(2 * LIMIT) + "\"}],\"stop_reason\":\"end_turn\"}");
		reader.finish();
		Answer answer = reader.answer();
		assertThat(answer.text()).hasSizeBetween(LIMIT - 200, LIMIT).matches("ax+");
		assertThat(answer.complete()).isTrue();
		assertThat(answer.truncated()).isTrue();
	}

	@Test
	void answerWhenJsonIsCutAnywhereThenBeginningOfTextAndNothingElse() {
		byte[] body = bytes(JSON);
		for (int cut = 0; cut < body.length - 2; cut++) {
			AnswerReader reader = reader(json());
			reader.read(buffer(body, 0, cut));
			Answer answer = reader.answer();
			assertThat(TEXT).startsWith(answer.text());
			assertThat(answer.complete()).isFalse();
		}
	}

	private static String delta(String text) {
		return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
				+ "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}\n\n";
	}

}
