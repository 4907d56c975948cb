package io.memoryrouter.gateway.conformance;

import java.util.List;

import io.memoryrouter.gateway.chat.Dialect;
import io.memoryrouter.gateway.chat.body.ChatRequest;

import org.springframework.http.HttpMethod;

/**
 * How the bodies of a dialect are built, as far as {@link RandomBody} has to know.
 */
enum BodyGrammar {

	OPENAI_CHAT("/v1/chat/completions", "messages", "content", "\"type\":\"text\",", "user",
			List.of("system", "developer", "user", "assistant", "tool")),

	OPENAI_RESPONSES("/v1/responses", "input", "content", "\"type\":\"input_text\",", "user",
			List.of("system", "developer", "user", "assistant"), "instructions"),

	ANTHROPIC_MESSAGES("/v1/messages", "messages", "content", "\"type\":\"text\",", "user",
			List.of("user", "assistant"), "system"),

	GEMINI("/v1beta/models/x:generateContent", "contents", "parts", "", "user", List.of("user", "model"),
			"systemInstruction");

	private final String path;

	private final String list;

	private final String content;

	private final String textType;

	private final String user;

	private final List<String> roles;

	private final List<String> instructions;

	/**
	 * A grammar.
	 * @param path the path of its endpoint
	 * @param list the member that holds the messages
	 * @param content the member that holds a message's content
	 * @param textType what says that a part is text, with a comma; empty if parts have no
	 * type, and content is always made of parts
	 * @param user the role of the user
	 * @param roles all roles
	 * @param instructions the member that holds the system's instructions, if they are
	 * not among the messages
	 */
	BodyGrammar(String path, String list, String content, String textType, String user, List<String> roles,
			String... instructions) {
		this.path = path;
		this.list = list;
		this.content = content;
		this.textType = textType;
		this.user = user;
		this.roles = roles;
		this.instructions = List.of(instructions);
	}

	ChatRequest read(byte[] body) {
		Dialect dialect = Dialect.of(HttpMethod.POST, this.path);
		if (dialect == null) {
			throw new IllegalStateException("No dialect for " + this.path);
		}
		return dialect.read(this.path, body);
	}

	String list() {
		return this.list;
	}

	String content() {
		return this.content;
	}

	String textType() {
		return this.textType;
	}

	/** Whether content may be a string. */
	boolean hasPlainContent() {
		return !this.textType.isEmpty();
	}

	String user() {
		return this.user;
	}

	List<String> roles() {
		return this.roles;
	}

	List<String> instructions() {
		return this.instructions;
	}

	/** Whether the model is named in the body, and not in the path. */
	boolean hasModel() {
		return !this.path.contains(":");
	}

}
