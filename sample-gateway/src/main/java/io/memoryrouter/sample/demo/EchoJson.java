package io.memoryrouter.sample.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * What all dialects do with JSON.
 */
final class EchoJson {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private EchoJson() {
	}

	/**
	 * Reads a body.
	 * @param body the JSON
	 * @return the object
	 * @throws EchoException if it is none
	 */
	static JsonNode read(String body) {
		JsonNode root;
		try {
			root = MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			throw EchoException.invalid(null, "The body is not JSON");
		}
		if (!root.isObject()) {
			throw EchoException.invalid(null, "The body has to be a JSON object");
		}
		return root;
	}

	/**
	 * The model that a body names.
	 * @param body the body
	 * @return the model
	 * @throws EchoException if it names none
	 */
	static String model(JsonNode body) {
		String model = body.path("model").asString("");
		if (model.isEmpty()) {
			throw EchoException.invalid("model", "'model' is missing");
		}
		return model;
	}

	/**
	 * The members of an array that has to be there.
	 * @param body the body
	 * @param name the name of the array
	 * @return the members, at least one
	 * @throws EchoException if there are none, or one is not an object
	 */
	static List<JsonNode> objects(JsonNode body, String name) {
		JsonNode array = body.path(name);
		if (!array.isArray() || array.isEmpty()) {
			throw EchoException.invalid(name, "'" + name + "' has to be an array of at least one object");
		}
		List<JsonNode> objects = new ArrayList<>();
		for (JsonNode object : array) {
			if (!object.isObject()) {
				throw EchoException.invalid(name, "'" + name + "' has to hold objects alone");
			}
			objects.add(object);
		}
		return objects;
	}

	/**
	 * The messages of a body.
	 * @param body the body
	 * @return the members of its {@code messages}
	 * @throws EchoException if there are none, or one does not tell its role
	 */
	static List<JsonNode> messages(JsonNode body) {
		List<JsonNode> messages = objects(body, "messages");
		for (JsonNode message : messages) {
			if (!message.path("role").isString()) {
				throw EchoException.invalid("messages", "Each of 'messages' has to have a 'role'");
			}
		}
		return messages;
	}

	/**
	 * The text of something that is a string, a part or an array of parts.
	 * @param content the string, the part or the array
	 * @return the text, a line for each part of an array; empty if there is none
	 */
	static String text(JsonNode content) {
		if (!content.isArray()) {
			return (content.isObject() ? content.path("text") : content).asString("");
		}
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(part.path("text").asString("")).append('\n'));
		return text.toString();
	}

	/**
	 * Makes an object.
	 * @param members names and values in turn
	 * @return the object, its members in this order
	 */
	static Map<String, @Nullable Object> object(@Nullable Object... members) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		for (int i = 0; i < members.length; i += 2) {
			Object name = members[i];
			Assert.notNull(name, "A member has a name");
			object.put(name.toString(), members[i + 1]);
		}
		return object;
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return the JSON, on one line
	 */
	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

}
