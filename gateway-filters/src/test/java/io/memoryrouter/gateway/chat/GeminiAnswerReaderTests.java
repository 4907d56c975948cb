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
import static io.memoryrouter.gateway.chat.Answers.gzipped;
import static io.memoryrouter.gateway.chat.Answers.json;
import static io.memoryrouter.gateway.chat.Answers.ofType;
import static io.memoryrouter.gateway.chat.Answers.read;
import static io.memoryrouter.gateway.chat.Answers.stream;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static io.memoryrouter.gateway.testing.Bytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link GeminiDialect} reads of an answer.
 */
class GeminiAnswerReaderTests {

	private static final String TEXT = "Caf\u00e9 \ud83d\ude00 \"]}[{\"\n";

	private static final String[] PIECES = { """
			{"candidates": [{"content": {"parts": [{"text": "hidden", "thought": true}],"role": "model"},"index": 0}],
			 "usageMetadata": {"promptTokenCount": 7,"totalTokenCount": 9,"thoughtsTokenCount": 2,
			 "promptTokensDetails": [{"modality": "TEXT","tokenCount": 7}]},"modelVersion": "gemini-2.5-flash"}""", """
			{"candidates": [{"content": {"parts": [{"thought": false,"text": "Caf\u00e9 \\ud83d\\ude00"}]}},
			 {"index": 1,"content": {"parts": [{"text": "other"}]}}],
			 "usageMetadata": {"promptTokenCount": 7,"candidatesTokenCount": 1,"thoughtsTokenCount": 2}}""", """
			{"candidates": [{"content": {"parts": [{"text": " \\"]}[{\\"","thoughtSignature": "c2ln"},
			 {"functionCall": {"name": "f","args": {"text": "no"}}},{"inlineData": {"data": "AAAA"}},
			 {"executableCode": {"code": "no"}},{"codeExecutionResult": {"output": "no"}}]}}]}""",
			"""
					{"candidates": [{"content": {"parts": [{"text": "\\n"}],"role": "model"},"finishReason": "STOP","index": 0}],
					 "usageMetadata": {"promptTokenCount": 7,"candidatesTokenCount": 5,"thoughtsTokenCount": 2},"responseId": "r"}""" };

	private static final String ARRAY = "[" + String.join("\n,\r\n", PIECES) + "\n]\n";

	private static final String EVENTS = "data: " + String.join("\r\n\r\ndata: ", events()) + "\r\n\r\n";

	private static final Answer WHOLE = new Answer(TEXT, true, false, false, new Usage(7, 7));

	private static String[] events() {
		String[] events = PIECES.clone();
		for (int i = 0; i < events.length; i++) {
			events[i] = events[i].replace("\n", "");
		}
		return events;
	}

	@Test
	void readWhenEventsAreSplitAnywhereThenSameAnswerAtTheEndOfTransport() {
		byte[] stream = bytes(EVENTS);
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(stream());
			assertThat(reader.read(buffer(stream, 0, split))).isFalse();
			assertThat(reader.read(buffer(stream, split, stream.length))).isFalse();
			assertThat(reader.answer()).isEqualTo(new Answer(TEXT, false, false, false, new Usage(7, 7)));
			reader.finish();
			assertThat(reader.answer()).isEqualTo(WHOLE);
		}
	}

	@Test
	void readWhenArrayIsSplitAnywhereThenSameAnswerAndBracketEndsIt() {
		byte[] stream = bytes(ARRAY);
		int end = stream.length - 1;
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(ofType("application/json; charset=UTF-8"));
			assertThat(reader.read(buffer(stream, 0, split))).isEqualTo(split >= end);
			assertThat(reader.read(buffer(stream, split, stream.length))).isEqualTo(split < end);
			assertThat(reader.answer()).isEqualTo(WHOLE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "application/json" })
	void readWhenCompressedAndSplitAnywhereThenSameAnswer(String type) {
		byte[] stream = gzip(bytes(type.startsWith("text") ? EVENTS : ARRAY));
		HttpHeaders headers = gzipped(ofType(type));
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(headers);
			reader.read(buffer(stream, 0, split));
			reader.read(buffer(stream, split, stream.length));
			reader.finish();
			assertThat(reader.answer()).isEqualTo(WHOLE);
			reader.close();
		}
	}

	@Test
	void answerWhenJsonThenText() {
		AnswerReader reader = reader(json());
		read(reader, """
				{"candidates": [{"content": {"parts": [{"text": "hidden", "thought": true}, {"text": "a"}, 7,
				{"thoughtSignature": "x", "text": "b"}]}, "finishReason": "MAX_TOKENS"}],
				"usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2}}""");
		assertThat(reader.answer()).isEqualTo(new Answer("ab", true, false, false, new Usage(3, 2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{%s}", "[{%s}]" })
	void answerWhenPromptIsBlockedThenNothingSaidAndComplete(String form) {
		AnswerReader reader = reader(json());
		read(reader, form.formatted("\"promptFeedback\":{\"blockReason\":\"SAFETY\",\"safetyRatings\":[{\"x\":1}]}"));
		assertThat(reader.answer()).isEqualTo(new Answer("", true, false, false, null));
	}

	@Test
	void answerWhenPromptIsBlockedInEventsThenFinished() {
		AnswerReader reader = reader(stream());
		read(reader, "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n");
		assertThat(reader.answer().complete()).isFalse();
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("", true, false, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "application/json" })
	void answerWhenCutThenPartial(String type) {
		String stream = type.startsWith("text") ? EVENTS : ARRAY;
		AnswerReader reader = reader(ofType(type));
		assertThat(read(reader, stream.substring(0, stream.indexOf("\"STOP\"")))).isFalse();
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer(TEXT.strip(), false, false, false, new Usage(7, 3)));
	}

	@Test
	void answerWhenArrayIsNotClosedThenFinishReasonAndEndOfTransportComplete() {
		AnswerReader reader = reader(json());
		assertThat(read(reader, ARRAY.substring(0, ARRAY.length() - 2))).isFalse();
		assertThat(reader.answer().complete()).isFalse();
		reader.finish();
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"code\":503,\"message\":\"no\",\"status\":\"UNAVAILABLE\"}}",
			"[{\"error\":{\"code\":503}}]", " \n[{\"error\":\"no\"}\n]\n" })
	void answerWhenErrorInPlaceOfAnswerThenNothingSaidAndFailed(String body) {
		AnswerReader reader = reader(json());
		read(reader, body);
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, true, null));
	}

	@Test
	void answerWhenErrorInStreamThenTextSoFarAndFailed() {
		AnswerReader reader = reader(json());
		read(reader, "[{\"error\":null,\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}");
		assertThat(reader.answer().failed()).isFalse();
		assertThat(read(reader, ",{\"error\":{\"code\":500}}]")).isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, false, true, null));
	}

	@Test
	void answerWhenElementsAreGarbageThenPassedOver() {
		String yes = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"yes\"}]}}]}";
		String[] garbage = { "7", "\"[\"", "[]", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"no\"]}]}]}",
				"{garbage}", "{\"candidates\":{\"text\":\"no\"},\"usageMetadata\":[],\"promptFeedback\":7}",
				"{\"candidates\":[[],\"x\",{\"content\":[{\"text\":\"no\"}]},{\"content\":{\"parts\":{\"text\":\"no\"}}}]}",
				"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":[\"no\"]},[],{\"thought\":[true]}]},\"index\":[0]}]}",
				"{\"candidates\":[{\"index\":99999999999999999999,\"content\":{\"parts\":[{\"text\":\"no\"}]}}]}",
				"{\"unknown\":{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"no\"}]}}]}}" };
		AnswerReader array = reader(json());
		assertThat(read(array, "[" + String.join(",", garbage) + "," + yes + "]")).isTrue();
		assertThat(array.answer()).isEqualTo(new Answer("yes", true, false, false, null));
		AnswerReader events = reader(stream());
		read(events, "data: " + String.join("\n\ndata: ", garbage) + "\n\ndata: " + yes + "\n\n");
		assertThat(events.answer().text()).isEqualTo("yes");
	}

	@Test
	void answerWhenUsageIsNoCountThenPassedOver() {
		AnswerReader reader = reader(json());
		read(reader, "{\"usageMetadata\":{\"promptTokenCount\":{\"candidatesTokenCount\":9},\"thoughtsTokenCount\":[8],"
				+ "\"candidatesTokenCount\":\"7\",\"promptTokenCount\":99999999999999999999},\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}");
		assertThat(reader.answer()).isEqualTo(new Answer("a", true, false, false, new Usage(0, 0)));
	}

	@Test
	void answerWhenJsonIsCutAnywhereThenWholePartsAndNeverAThought() {
		byte[] body = bytes("\ufeff{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"one \"},"
				+ "{\"text\":\"hidden\",\"thought\":true},{\"text\":\"two\"}]}}],\"usageMetadata\":{}}");
		for (int cut = 0; cut < body.length; cut++) {
			AnswerReader reader = reader(json());
			reader.read(buffer(body, 0, cut));
			assertThat(reader.answer().text()).isIn("", "one ", "one two");
			assertThat(reader.answer().complete()).isFalse();
		}
		AnswerReader reader = reader(json());
		reader.read(buffer(body, 0, body.length));
		assertThat(reader.answer().text()).isEqualTo("one two");
		assertThat(reader.answer().complete()).isTrue();
	}

	@Test
	void answerWhenImageIsLargerThanLimitThenTextBeforeIt() {
		AnswerReader reader = reader(json());
		read(reader, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Here:\"},{\"inlineData\":{\"data\":\""
				+ "A".repeat(2 * LIMIT) + "\"}}]}}]}");
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("Here:", true, true, false, null));
	}

	@Test
	void answerWhenElementIsLargerThanLimitThenTruncated() {
		AnswerReader reader = reader(json());
		read(reader, "[{\"x\":\"" + "A".repeat(LIMIT) + "\"},");
		read(reader, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"y\"}]}}]}]");
		assertThat(reader.answer()).isEqualTo(new Answer("y", true, true, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "\ufeff" })
	void answerWhenEmptyThenNothingSaid(String body) {
		AnswerReader reader = reader(json());
		read(reader, body);
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, false, null));
	}

	private static AnswerReader reader(HttpHeaders headers) {
		return GeminiDialect.INSTANCE.answerReader(headers, LIMIT);
	}

}
