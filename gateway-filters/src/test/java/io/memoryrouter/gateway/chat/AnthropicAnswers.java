package io.memoryrouter.gateway.chat;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Answer;
import io.memoryrouter.gateway.chat.answer.AnswerReader.Usage;

import org.springframework.http.HttpHeaders;

import static io.memoryrouter.gateway.chat.Answers.LIMIT;

/**
 * One answer of Anthropic's Messages API, streamed and in one piece, and what is to be
 * read of it.
 */
final class AnthropicAnswers {

	static final String TEXT = "Caf\u00e9 \ud83d\ude00 \"x\"\n\n\nDone.";

	static final String STREAM = """
			event: message_start
			data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"usage":{"input_tokens":7,"cache_creation_input_tokens":10,"cache_read_input_tokens":100,"output_tokens":1}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

			event: ping
			data: {"type": "ping"}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"no","text":"no"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"no"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			event: content_block_start
			data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Caf\u00e9 "}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"\\ud83d"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"text":"\\ude00 ","type":"text_delta"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"text","text":"no","cited_text":"no"}}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":1}

			event: content_block_start
			data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"\\"x\\"\\n"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":2}

			event: content_block_start
			data: {"type":"content_block_start","index":3,"content_block":{"type":"server_tool_use","id":"t1","name":"web_search","input":{}}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"text\\":\\"no\\"}"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":3}

			event: content_block_start
			data: {"type":"content_block_start","index":4,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"Done."}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":4}

			event: content_block_start
			data: {"type":"content_block_start","index":5,"content_block":{"type":"tool_use","id":"t2","name":"f","input":{}}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":5}

			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":15}}

			event: message_stop
			data: {"type":"message_stop"}

			""";

	static final String JSON = """
			{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
			{"type":"thinking","thinking":"no","signature":"no"},{"type":"redacted_thinking","data":"no"},
			{"type":"text","text":"Caf\u00e9 \ud83d\ude00 "},
			{"citations":[{"type":"char_location","cited_text":"no","text":"no"}],"text":"\\"x\\"\\n","type":"text"},
			{"type":"server_tool_use","id":"t1","name":"web_search","input":{"type":"text","text":"no"}},
			{"type":"web_search_tool_result","content":[{"type":"text","text":"no"}]},
			{"type":"text","text":"Done."},{"type":"tool_use","id":"t2","name":"f","input":{}}],
			"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":7,"cache_creation_input_tokens":10,
			"cache_read_input_tokens":100,"cache_creation":{"ephemeral_5m_input_tokens":10},"output_tokens":15}}
			""";

	static final Answer WHOLE = new Answer(TEXT, true, false, false, new Usage(117, 15));

	private AnthropicAnswers() {
	}

	static AnswerReader reader(HttpHeaders headers) {
		return AnthropicMessagesDialect.INSTANCE.answerReader(headers, LIMIT);
	}

}
