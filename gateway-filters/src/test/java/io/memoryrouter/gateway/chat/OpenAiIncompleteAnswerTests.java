package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import org.junit.jupiter.api.Test;

import static io.memoryrouter.gateway.chat.Answers.LIMIT;
import static io.memoryrouter.gateway.chat.Answers.buffer;
import static io.memoryrouter.gateway.chat.Answers.json;
import static io.memoryrouter.gateway.chat.Answers.read;
import static io.memoryrouter.gateway.chat.Answers.stream;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.STREAM;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.TEXT;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.WHOLE;
import static io.memoryrouter.gateway.chat.OpenAiAnswers.reader;
import static io.memoryrouter.gateway.testing.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link OpenAiChatDialect} reads of an answer that it does not see to its
 * end: it was cut, or is longer than what is read of one.
 */
class OpenAiIncompleteAnswerTests {

	@Test
	void answerWhenStreamIsCutThenPartial() {
		String cut = STREAM.substring(0, STREAM.indexOf("data: {\"choices\":[{\"delta\":{\"content\":\"\\n\"") + 60);
		AnswerReader reader = reader(stream());
		assertThat(read(reader, cut)).isFalse();
		assertThat(reader.answer()).isEqualTo(new Answer(TEXT.strip(), false, false, false, null));
	}

	@Test
	void answerWhenNoTerminalEventThenFinishReasonAndEndOfTransportComplete() {
		String stream = STREAM.substring(0, STREAM.indexOf("data: [DONE]"));
		AnswerReader reader = reader(stream());
		assertThat(read(reader, stream)).isFalse();
		assertThat(reader.answer().complete()).isFalse();
		reader.finish();
		assertThat(reader.answer()).isEqualTo(WHOLE);
	}

	@Test
	void answerWhenTransportEndsBeforeModelFinishedThenPartial() {
		AnswerReader reader = reader(stream());
		read(reader, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}");
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, false, false, null));
	}

	@Test
	void answerWhenStreamIsLongerThanLimitThenTruncatedAndStillComplete() {
		AnswerReader reader = reader(stream());
		String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"0123456789\"}}]}\n\n";
		for (int i = 0; i < 2 * LIMIT / 10; i++) {
			read(reader, chunk);
		}
		assertThat(read(reader, "data: [DONE]\n\n")).isTrue();
		assertThat(reader.answer()).isEqualTo(new Answer("0123456789".repeat(LIMIT / 10), true, true, false, null));
	}

	@Test
	void answerWhenOneEventIsLargerThanLimitThenTruncated() {
		AnswerReader reader = reader(stream());
		read(reader, "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(LIMIT) + "\"}}]}\n\n");
		read(reader, "data: {\"choices\":[{\"delta\":{\"content\":\"y\"}}]}\n\ndata: [DONE]\n\n");
		assertThat(reader.answer()).isEqualTo(new Answer("y", true, true, false, null));
	}

	@Test
	void answerWhenJsonIsLargerThanLimitThenMessageBeforeIt() {
		String logprobs = ",\"logprobs\":[" + "1,".repeat(LIMIT) + "1]}]}";
		AnswerReader reader = reader(json());
		read(reader, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}" + logprobs);
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, true, false, null));
		reader.finish();
		assertThat(reader.answer()).isEqualTo(new Answer("a", true, true, false, null));
	}

	@Test
	void answerWhenJsonIsLargerThanLimitInsideMessageThenTextUpToIt() {
		String said = "x".repeat(2 * LIMIT);
		AnswerReader reader = reader(json());
		read(reader, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + said + "\"}}]}");
		reader.finish();
		Answer answer = reader.answer();
		assertThat(answer.text()).hasSizeBetween(LIMIT - 100, LIMIT).matches("x+");
		assertThat(answer.complete()).isTrue();
		assertThat(answer.truncated()).isTrue();
	}

	@Test
	void answerWhenJsonIsCutAnywhereThenWholeCharactersOfText() {
		byte[] body = bytes(
				"{\"choices\":[{\"message\":{\"content\":\"a\\ud83d\\ude00\\n\u00e9\ud83d\ude00\\u20ac\"}}]}");
		String said = "a\ud83d\ude00\n\u00e9\ud83d\ude00\u20ac";
		for (int cut = 0; cut < body.length; cut++) {
			AnswerReader reader = reader(json());
			reader.read(buffer(body, 0, cut));
			Answer answer = reader.answer();
			assertThat(said).startsWith(answer.text());
			assertThat(answer.text()).doesNotEndWith("\ud83d");
			assertThat(answer.complete()).isFalse();
			assertThat(answer.text().isEmpty()).isEqualTo(cut < 36);
		}
	}

	@Test
	void answerWhenJsonIsCutThenPartial() {
		AnswerReader reader = reader(json());
		read(reader, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}");
		assertThat(reader.answer()).isEqualTo(new Answer("a", false, false, false, null));
	}

}
