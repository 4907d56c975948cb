package io.memoryrouter.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Usage;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.chat.Answers.buffer;
import static io.memoryrouter.gateway.chat.Answers.gzipped;
import static io.memoryrouter.gateway.chat.Answers.json;
import static io.memoryrouter.gateway.chat.Answers.ofType;
import static io.memoryrouter.gateway.chat.Answers.read;
import static io.memoryrouter.gateway.chat.Answers.stream;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.JSON;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.STREAM;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.WHOLE;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.reader;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static io.memoryrouter.gateway.testing.Bytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link OpenAiChatDialect} reads of an answer.
 */
class OpenAiAnswerReaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readWhenStreamIsSplitAnywhereThenSameAnswer(String lineEnd) {
		byte[] stream = bytes(STREAM.replace("\n", lineEnd));
		int done = new String(stream, StandardCharsets.ISO_8859_1).indexOf("[DONE]") + 6;
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(stream());
			assertThat(reader.read(buffer(stream, 0, split))).isEqualTo(split >= done);
			assertThat(readAndRelease(reader, netty(stream, split, stream.length))).isEqualTo(split < done);
			assertThat(reader.answer()).isEqualTo(WHOLE);
		}
	}

	@Test
	void readWhenStreamIsCompressedThenSameAnswer() {
		byte[] stream = gzip(bytes(STREAM));
		HttpHeaders headers = gzipped(stream());
		for (int split = 0; split <= stream.length; split++) {
			AnswerReader reader = reader(headers);
			boolean first = readAndRelease(reader, netty(stream, 0, split));
			boolean second = reader.read(buffer(stream, split, stream.length));
			assertThat(first ^ second).isTrue();
			assertThat(reader.answer()).isEqualTo(WHOLE);
			reader.close();
		}
	}

	@Test
	void readWhenBufferHasBeenReadInPartThenPositionStays() {
		byte[] body = bytes("x" + JSON);
		for (DataBuffer buffer : List.of(netty(body, 0, body.length), buffer(body, 0, body.length))) {
			buffer.readPosition(1);
			AnswerReader reader = reader(json());
			reader.read(buffer);
			assertThat(reader.answer()).isEqualTo(WHOLE);
			assertThat(buffer.readPosition()).isEqualTo(1);
			assertThat(buffer.writePosition()).isEqualTo(body.length);
			DataBufferUtils.release(buffer);
		}
	}

	@Test
	void readWhenContentLengthReachedThenEnded() {
		HttpHeaders headers = json();
		headers.setContentLength(bytes(JSON).length);
		AnswerReader reader = reader(headers);
		assertThat(reader.read(buffer(bytes(JSON), 0, 50))).isFalse();
		assertThat(reader.read(buffer(bytes(JSON), 50, bytes(JSON).length))).isTrue();
		assertThat(reader.read(buffer(new byte[0], 0, 0))).isFalse();
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"message\":\"no\"}}",
			"{\"error\":\"no\",\"choices\":[{\"message\":{\"content\":\"no\"}}]}" })
	void answerWhenJsonErrorThenNothingSaid(String body) {
		AnswerReader reader = reader(json());
		read(reader, body);
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, true, null));
	}

	@Test
	void answerWhenErrorInStreamThenTextSoFarAndFailed() {
		AnswerReader reader = reader(stream());
		read(reader, "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
		assertThat(reader.answer().failed()).isFalse();
		assertThat(read(reader, "event: error\ndata: {\"error\":{\"message\":\"no\"}}\n\ndata: [DONE]\n\n")).isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, false, true, null));
	}

	@Test
	void answerWhenUsageIsNoCountThenPassedOver() {
		AnswerReader reader = reader(json());
		read(reader, "{\"usage\":{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":-1},"
				+ "\"choices\":[{\"message\":{\"content\":\"a\"}}]}");
		assertThat(reader.answer().text()).isEqualTo("a");
		assertThat(reader.answer().usage()).isEqualTo(new Usage(0, 0));
	}

	@Test
	void answerWhenEventsAreGarbageThenPassedOver() {
		AnswerReader reader = reader(stream());
		read(reader, """
				data: {"choices":[{"delta":{"content":"no"

				data: garbage

				data: {"choices":[{"delta":{"content":"no"},"index":99999999999999999999}]}

				data: {"choices":7,"usage":[]}

				data: {"choices":[[1],"x",{"delta":[1],"index":0}]}

				data: {"choices":[{"delta":{"content":[1]}}]}

				data: []

				data: \u0000

				data: {"choices":[{"delta":{"content":"yes"}}]}

				data: [DONE]

				""");
		assertThat(reader.answer()).isEqualTo(new Answer("yes", true, false, false, null));
	}

	@Test
	void answerWhenContentIsPartsThenTextPartsJoined() {
		AnswerReader reader = reader(json());
		read(reader, """
				{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"no"}]},
				{"type":"text","text":"a"},7,{"text":"b","type":"text"},{"text":"no"},{"type":["text"],"text":"no"}]}}]}
				""");
		assertThat(reader.answer()).isEqualTo(new Answer("ab", true, false, false, null));
	}

	@Test
	void toStringThenNoText() {
		assertThat(new Answer("secret", true, false, false, null).toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource({ "text/html,", "application/json,br", "text/event-stream,zstd", "nonsense,", "image/png,gzip", "," })
	void answerWhenNotUnderstoodThenOnlyTransportCounts(String contentType, String encoding) {
		HttpHeaders headers = ofType(contentType);
		headers.set(HttpHeaders.CONTENT_ENCODING, encoding);
		AnswerReader reader = reader(headers);
		assertThat(read(reader, JSON)).isFalse();
		assertThat(reader.answer()).isEqualTo(new Answer("", false, false, false, null));
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("", true, false, false, null));
	}

	@Test
	void answerWhenEncodingIsALieThenTruncated() {
		HttpHeaders headers = gzipped(json());
		AnswerReader reader = reader(headers);
		read(reader, JSON);
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("", false, true, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json; charset=utf-8", "application/vnd.api+json", "Application/JSON" })
	void answerWhenJsonTypeHasOtherSpellingThenRead(String contentType) {
		HttpHeaders headers = ofType(contentType);
		headers.set(HttpHeaders.CONTENT_LENGTH, "nonsense");
		AnswerReader reader = reader(headers);
		read(reader, JSON);
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	private static boolean readAndRelease(AnswerReader reader, DataBuffer buffer) {
		boolean ended = reader.read(buffer);
		DataBufferUtils.release(buffer);
		return ended;
	}

	private static DataBuffer netty(byte[] bytes, int start, int end) {
		UnpooledByteBufAllocator direct = new UnpooledByteBufAllocator(true);
		return new NettyDataBufferFactory(direct).allocateBuffer(16).write(bytes, start, end - start);
	}

}
