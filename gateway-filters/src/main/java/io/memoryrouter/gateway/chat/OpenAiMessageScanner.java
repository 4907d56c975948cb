package io.memoryrouter.gateway.chat;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans one message: {@code role}, {@code name}, {@code content} and this product's
 * {@code memory}.
 */
final class OpenAiMessageScanner {

	private static final String MEMORY = "memory";

	private final byte[] body;

	private final JsonCursor cursor;

	private final List<Edit> removals;

	private final int index;

	private @Nullable String role;

	private @Nullable String name;

	private boolean remembered = true;

	private List<JsonSpan> texts = List.of();

	private @Nullable JsonSpan parts;

	OpenAiMessageScanner(byte[] body, JsonCursor cursor, List<Edit> removals, int index) {
		this.body = body;
		this.cursor = cursor;
		this.removals = removals;
		this.index = index;
	}

	/**
	 * Scans the message that the cursor stands on and moves past it.
	 * @return the message
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	ScannedMessage scan() {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			throw invalid("", "has to be an object with 'role' and 'content'");
		}
		this.cursor.next();
		members();
		this.cursor.next();
		if (this.role == null) {
			throw invalid(".role", "is missing: name who says the message, for instance 'user'");
		}
		return new ScannedMessage(this.body, this.role, this.name, this.remembered, List.copyOf(this.texts),
				this.parts);
	}

	private void members() {
		MemberRemoval removal = new MemberRemoval(this.removals);
		while (this.cursor.at(JsonToken.PROPERTY_NAME)) {
			String member = this.cursor.name();
			int nameStart = this.cursor.start();
			this.cursor.next();
			member(member);
			if (MEMORY.equals(member)) {
				removal.remove(nameStart, this.cursor);
			}
			else {
				removal.keep(this.cursor);
			}
		}
	}

	private void member(String member) {
		switch (member) {
			case "role" -> this.role = role();
			case "name" -> this.name = name();
			case "content" -> content();
			case MEMORY -> this.remembered = remembered();
			default -> this.cursor.value();
		}
	}

	private String role() {
		if (!this.cursor.at(JsonToken.VALUE_STRING)) {
			throw invalid(".role", "has to be a string, for instance 'user'");
		}
		return JsonStrings.decode(this.body, this.cursor.value());
	}

	private @Nullable String name() {
		boolean string = this.cursor.at(JsonToken.VALUE_STRING);
		JsonSpan value = this.cursor.value();
		return string ? JsonStrings.decode(this.body, value) : null;
	}

	private boolean remembered() {
		String value = JsonStrings.text(this.body, this.cursor.value());
		if ("false".equalsIgnoreCase(value)) {
			return false;
		}
		if ("true".equalsIgnoreCase(value) || "null".equals(value)) {
			return true;
		}
		throw invalid("." + MEMORY, "has to be true or false");
	}

	private void content() {
		this.texts = new ArrayList<>(1);
		this.parts = null;
		if (this.cursor.at(JsonToken.VALUE_STRING)) {
			this.texts.add(this.cursor.value());
		}
		else if (this.cursor.at(JsonToken.START_ARRAY)) {
			parts();
		}
		else if (this.cursor.at(JsonToken.VALUE_NULL)) {
			this.cursor.value();
		}
		else {
			throw invalid(".content", "has to be a string, an array of parts, or null");
		}
	}

	private void parts() {
		int start = this.cursor.start();
		this.cursor.next();
		for (int part = 0; !this.cursor.at(JsonToken.END_ARRAY); part++) {
			part(part);
		}
		int end = this.cursor.start() + 1;
		this.cursor.next();
		this.parts = new JsonSpan(start, end);
	}

	private void part(int part) {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			throw invalid(".content[" + part + "]", "has to be an object with 'type'");
		}
		String type = null;
		JsonSpan text = null;
		this.cursor.next();
		while (this.cursor.at(JsonToken.PROPERTY_NAME)) {
			String member = this.cursor.name();
			this.cursor.next();
			boolean string = this.cursor.at(JsonToken.VALUE_STRING);
			JsonSpan value = this.cursor.value();
			if ("type".equals(member)) {
				type = string ? JsonStrings.decode(this.body, value) : null;
			}
			else if ("text".equals(member)) {
				text = string ? value : null;
			}
		}
		this.cursor.next();
		addText(part, type, text);
	}

	private void addText(int part, @Nullable String type, @Nullable JsonSpan text) {
		if (!"text".equals(type)) {
			return;
		}
		if (text == null) {
			throw invalid(".content[" + part + "].text", "has to be a string");
		}
		this.texts.add(text);
	}

	private InvalidChatRequestException invalid(String path, String message) {
		String param = "messages[" + this.index + "]" + path;
		return new InvalidChatRequestException("'" + param + "' " + message, param);
	}

}
