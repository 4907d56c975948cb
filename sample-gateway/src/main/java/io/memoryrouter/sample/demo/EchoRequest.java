package io.memoryrouter.sample.demo;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the echo needs to know of a Chat Completions request.
 *
 * @param model the model that was asked for
 * @param texts the texts of the messages
 * @param stream whether the answer is to be a stream
 * @param streamsUsage whether the stream is to end with the usage
 */
record EchoRequest(String model, List<String> texts, boolean stream, boolean streamsUsage) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Reads a request.
	 * @param body the JSON
	 * @return the request
	 * @throws IllegalArgumentException if it is none, with a message for the client
	 */
	static EchoRequest read(String body) {
		JsonNode root = parse(body);
		JsonNode messages = root.path("messages");
		if (!messages.isArray() || messages.isEmpty()) {
			throw new IllegalArgumentException("'messages' must be an array of at least one message");
		}
		List<String> texts = new ArrayList<>();
		messages.forEach((message) -> texts.add(text(message.path("content"))));
		return new EchoRequest(root.path("model").asString("echo"), List.copyOf(texts),
				root.path("stream").asBoolean(false),
				root.path("stream_options").path("include_usage").asBoolean(false));
	}

	private static JsonNode parse(String body) {
		try {
			return JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The body is not JSON", ex);
		}
	}

	private static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(part.path("text").asString("")).append('\n'));
		return text.toString();
	}

}
