package io.memoryrouter.gateway.promptcache;

import java.util.List;

import io.memoryrouter.gateway.testing.GatewayExtension;

/**
 * How a client of a dialect writes a conversation, and a provider its answers. The texts
 * need no escaping.
 */
enum ConversationDialect {

	OPENAI_CHAT("openai", "/v1/chat/completions",
			"{\"model\":\"openai/gpt-5.5\",\"tools\":[],\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},%s]}",
			"{\"role\":\"user\",\"content\":\"%s\"}", "{\"role\":\"assistant\",\"content\":\"%s\"}", """
					{"role":"assistant","content":null,"tool_calls":[{"id":"c%1$s","type":"function",\
					"function":{"name":"look","arguments":"{}"}}]},\
					{"role":"tool","tool_call_id":"c%1$s","content":"result %1$s"}""",
			"{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"),

	OPENAI_RESPONSES("openai", "/v1/responses",
			"{\"model\":\"openai/gpt-5.5\",\"instructions\":\"Be brief.\",\"input\":[%s],\"store\":false}",
			"{\"role\":\"user\",\"content\":\"%s\"}", "{\"role\":\"assistant\",\"content\":\"%s\"}", """
					{"type":"function_call","call_id":"c%1$s","name":"look","arguments":"{}"},\
					{"type":"function_call_output","call_id":"c%1$s","output":"result %1$s"}""", """
					{"object":"response","status":"completed","output":[{"type":"message","role":"assistant",\
					"content":[{"type":"output_text","text":"%s"}]}]}"""),

	ANTHROPIC_MESSAGES("anthropic", "/v1/messages",
			"{\"model\":\"anthropic/claude\",\"max_tokens\":99,\"system\":\"Be brief.\",\"messages\":[%s]}",
			"{\"role\":\"user\",\"content\":\"%s\"}", "{\"role\":\"assistant\",\"content\":\"%s\"}", """
					{"role":"assistant","content":[{"type":"tool_use","id":"c%1$s","name":"look","input":{}}]},\
					{"role":"user","content":[{"type":"tool_result","tool_use_id":"c%1$s","content":"result %1$s"}]}""",
			"""
					{"type":"message","role":"assistant","content":[{"type":"text","text":"%s"}],\
					"stop_reason":"end_turn"}"""),

	GEMINI("google", "/v1beta/models/google/gemini-2.5-flash:generateContent",
			"{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},\"contents\":[%s]}",
			"{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}", "{\"role\":\"model\",\"parts\":[{\"text\":\"%s\"}]}",
			"""
					{"role":"model","parts":[{"functionCall":{"name":"look","args":{"n":%1$s}}}]},\
					{"role":"user","parts":[{"functionResponse":{"name":"look","response":{"r":"result %1$s"}}}]}""",
			"""
					{"candidates":[{"content":{"role":"model","parts":[{"text":"%s"}]},"finishReason":"STOP"}]}""");

	private final String provider;

	private final String path;

	private final String body;

	private final String user;

	private final String assistant;

	private final String toolStep;

	private final String answer;

	ConversationDialect(String provider, String path, String body, String user, String assistant, String toolStep,
			String answer) {
		this.provider = provider;
		this.path = path;
		this.body = body;
		this.user = user;
		this.assistant = assistant;
		this.toolStep = toolStep;
		this.answer = answer;
	}

	String path() {
		return this.path;
	}

	/** Lets all dialects' requests go to a gateway's provider. */
	static GatewayExtension all(GatewayExtension gateway) {
		for (ConversationDialect dialect : values()) {
			gateway.provider(dialect.provider, dialect.path.substring(0, dialect.path.indexOf('/', 1)));
		}
		return gateway;
	}

	String user(String text) {
		return this.user.formatted(text);
	}

	String assistant(String text) {
		return this.assistant.formatted(text);
	}

	/** A tool's call and its result. */
	String toolStep(int number) {
		return this.toolStep.formatted(number);
	}

	String request(List<String> messages) {
		return this.body.formatted(String.join(",", messages));
	}

	String answer(String text) {
		return this.answer.formatted(text);
	}

}
