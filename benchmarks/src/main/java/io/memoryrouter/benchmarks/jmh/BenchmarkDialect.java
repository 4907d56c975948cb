package io.memoryrouter.benchmarks.jmh;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.Dialect;
import org.springframework.http.HttpMethod;

/**
 * The dialects that are measured, and a long conversation in each.
 */
public enum BenchmarkDialect {

	/** OpenAI Chat Completions. */
	OPENAI_CHAT("/v1/chat/completions",
			"{\"model\": \"openai/gpt-5.5\", \"session_id\": \"s1\", \"stream\": true, "
					+ "\"temperature\": 0.7, \"messages\": [",
			"assistant", "\"content\": \"%s\""),

	/** OpenAI Responses, with content as parts. */
	OPENAI_RESPONSES("/v1/responses",
			"{\"model\": \"openai/gpt-5.5\", \"session_id\": \"s1\", \"stream\": true, "
					+ "\"instructions\": \"Be brief.\", \"input\": [",
			"assistant", "\"content\": [{\"type\": \"input_text\", \"text\": \"%s\"}]"),

	/** Anthropic Messages, with content as blocks. */
	ANTHROPIC_MESSAGES("/v1/messages",
			"{\"model\": \"anthropic/claude-opus-5\", \"session_id\": \"s1\", \"stream\": true, \"max_tokens\": 1024, "
					+ "\"system\": \"Be brief.\", \"messages\": [",
			"assistant", "\"content\": [{\"type\": \"text\", \"text\": \"%s\"}]"),

	/** Google Gemini. */
	GEMINI("/v1beta/models/google/gemini-3-pro:generateContent",
			"{\"session_id\": \"s1\", \"generationConfig\": {\"temperature\": 0.7}, \"contents\": [", "model",
			"\"parts\": [{\"text\": \"%s\"}]");

	private static final String SENTENCE = "The quick brown fox said \\\"hello\\\" to the caf\u00e9,\\nthen it slept. ";

	private final String path;

	private final String start;

	private final String assistant;

	private final String content;

	BenchmarkDialect(String path, String start, String assistant, String content) {
		this.path = path;
		this.start = start;
		this.assistant = assistant;
		this.content = content;
	}

	/**
	 * The path of the endpoint.
	 * @return the path
	 */
	public String path() {
		return this.path;
	}

	/**
	 * The dialect.
	 * @return the dialect
	 */
	public Dialect dialect() {
		Dialect dialect = Dialect.of(HttpMethod.POST, this.path);
		if (dialect == null) {
			throw new IllegalStateException("No dialect for " + this.path);
		}
		return dialect;
	}

	/**
	 * A conversation of messages of about 700 bytes that ends with a question.
	 * @param bytes about how long the body is
	 * @return the body
	 */
	byte[] conversation(int bytes) {
		StringBuilder body = new StringBuilder(this.start);
		for (int turn = 0; body.length() < bytes - 800; turn++) {
			append((turn % 2 == 0) ? "user" : this.assistant, SENTENCE.repeat(10), body).append(", ");
		}
		append("user", "What is my dog called?", body).append("]}");
		return body.toString().getBytes(StandardCharsets.UTF_8);
	}

	private StringBuilder append(String role, String text, StringBuilder body) {
		return body.append("{\"role\": \"")
			.append(role)
			.append("\", ")
			.append(this.content.formatted(text))
			.append('}');
	}

}
