package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Usage;

import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.chat.Answers.LIMIT;

/**
 * One answer of OpenAI's Chat Completions API, streamed and in one piece, and what is to
 * be read of it.
 */
final class OpenAiAnswers {

	static final String TEXT = "Caf\u00e9 \ud83d\ude00 \"x\"\n";

	static final String STREAM = """
			: OPENROUTER PROCESSING

			data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

			data: {"choices":[{"delta":{"content":"Caf\u00e9 \\ud83d"},"index":0,"logprobs":{"content":[{"token":"no"}]}}]}

			data: {"choices":[{"index":1,"delta":{"content":"other"}},{"index":0,"delta":{"content":"\\ude00 "}}]}

			data: {"choices":[{"index":0,"delta":{"content":"\\"x\\"","reasoning_content":"no"}}]}

			data: {"choices":[{"index":0,"delta":{"content":null,"refusal":"no","tool_calls":[{"function":{"arguments":"no"}}]}}]}

			data: {"choices":[{"delta":{"content":"\\n"},"finish_reason":"stop","index":0}]}

			data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"prompt_tokens_details":{"x":1}}}

			data: [DONE]

			""";

	static final String JSON = """
			{"id":"1","object":"chat.completion","usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12},
			"choices":[{"message":{"content":"other"},"index":1},{"index":0,"message":{"role":"assistant",
			"content":"Caf\u00e9 \ud83d\ude00 \\"x\\"\\n","refusal":null,"reasoning":"no"},"finish_reason":"stop"}]}
			""";

	static final Answer WHOLE = new Answer(TEXT, true, false, false, new Usage(7, 5));

	private OpenAiAnswers() {
	}

	static AnswerReader reader(HttpHeaders headers) {
		return OpenAiChatDialect.INSTANCE.answerReader(headers, LIMIT);
	}

}
