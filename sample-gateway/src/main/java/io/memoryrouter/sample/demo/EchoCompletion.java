package io.memoryrouter.sample.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The echo's answer in OpenAI's form. Its usage counts words, not tokens: the echo has no
 * tokenizer.
 *
 * @param id the answer's id
 * @param created when it was made
 * @param request what it answers
 * @param text the answer itself
 */
record EchoCompletion(String id, Instant created, EchoRequest request, String text) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Between two lines, each of which keeps its line feed. */
	private static final Pattern LINES = Pattern.compile("(?<=\n)");

	/**
	 * Answers a request.
	 * @param request the request
	 * @return the answer
	 */
	static EchoCompletion of(EchoRequest request) {
		String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
		return new EchoCompletion(id, Instant.now(), request, HandedMemories.in(request.texts()).describe());
	}

	/**
	 * The answer as one JSON object.
	 * @return the body
	 */
	String json() {
		Map<String, Object> body = envelope("chat.completion");
		body.put("choices", List.of(choice("message", message(this.text), "stop")));
		body.put("usage", usage());
		return JSON.writeValueAsString(body);
	}

	/**
	 * The answer as the data of server-sent events, a line of the text each.
	 * @return the events
	 */
	List<String> events() {
		List<String> events = new ArrayList<>();
		events.add(chunk(choice("delta", message(""), null)));
		LINES.splitAsStream(this.text)
			.map((line) -> chunk(choice("delta", Map.of("content", line), null)))
			.forEach(events::add);
		events.add(chunk(choice("delta", Map.of(), "stop")));
		if (this.request.streamsUsage()) {
			Map<String, Object> last = envelope("chat.completion.chunk");
			last.put("choices", List.of());
			last.put("usage", usage());
			events.add(JSON.writeValueAsString(last));
		}
		events.add("[DONE]");
		return events;
	}

	private static Map<String, String> message(String content) {
		Map<String, String> message = new LinkedHashMap<>();
		message.put("role", "assistant");
		message.put("content", content);
		return message;
	}

	private String chunk(Map<String, Object> choice) {
		Map<String, Object> chunk = envelope("chat.completion.chunk");
		chunk.put("choices", List.of(choice));
		return JSON.writeValueAsString(chunk);
	}

	private Map<String, Object> envelope(String object) {
		Map<String, Object> envelope = new LinkedHashMap<>();
		envelope.put("id", this.id);
		envelope.put("object", object);
		envelope.put("created", this.created.getEpochSecond());
		envelope.put("model", this.request.model());
		return envelope;
	}

	private static Map<String, Object> choice(String part, Map<String, String> content, @Nullable String finishReason) {
		Map<String, Object> choice = new LinkedHashMap<>();
		choice.put("index", 0);
		choice.put(part, content);
		choice.put("finish_reason", finishReason);
		return choice;
	}

	private Map<String, Object> usage() {
		int prompt = this.request.texts().stream().mapToInt(EchoCompletion::words).sum();
		int completion = words(this.text);
		Map<String, Object> usage = new LinkedHashMap<>();
		usage.put("prompt_tokens", prompt);
		usage.put("completion_tokens", completion);
		usage.put("total_tokens", prompt + completion);
		return usage;
	}

	private static int words(String text) {
		String stripped = text.strip();
		return stripped.isEmpty() ? 0 : stripped.split("\\s+").length;
	}

}
