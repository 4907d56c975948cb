package io.memoryrouter.gateway.chat.body;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans one message: its role, name and content, and this product's {@code memory}. What
 * turns out to be something else than a message may look like anything: nobody says it.
 */
final class MessageScanner {

	private static final String MEMORY = "memory";

	private final byte[] body;

	private final JsonCursor cursor;

	private final List<Edit> removals;

	private final MessageForm form;

	private final String path;

	private @Nullable String role;

	private @Nullable String name;

	private boolean remembered = true;

	private List<JsonSpan> texts = List.of();

	private @Nullable JsonSpan parts;

	private int toolResultsEnd = -1;

	private @Nullable String type;

	/** What is wrong with it first, if it is a message. */
	private @Nullable InvalidChatRequestException fault;

	MessageScanner(byte[] body, JsonCursor cursor, List<Edit> removals, MessageForm form, String path) {
		this.body = body;
		this.cursor = cursor;
		this.removals = removals;
		this.form = form;
		this.path = path;
	}

	/**
	 * Scans the message that the cursor stands on and moves past it.
	 * @return the message
	 * @throws InvalidChatRequestException if it cannot be read
	 */
	ScannedMessage scan() {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			throw invalid("", "has to be an object with 'role' and '" + this.form.content() + "'");
		}
		this.cursor.next();
		members();
		this.cursor.next();
		return this.form.isMessage(this.type) ? message()
				: new ScannedMessage(this.body, "", null, this.remembered, List.of(), null, -1);
	}

	private ScannedMessage message() {
		if (this.fault != null) {
			throw this.fault;
		}
		String speaker = (this.role != null) ? this.role : this.form.defaultRole();
		if (speaker == null) {
			throw invalid(".role", "is missing: name who says the message, for instance 'user'");
		}
		return new ScannedMessage(this.body, speaker, this.name, this.remembered, List.copyOf(this.texts), this.parts,
				this.toolResultsEnd);
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
		if (member.equals(this.form.content())) {
			content();
			return;
		}
		switch (member) {
			case "role" -> this.role = role();
			case "name" -> this.name = string();
			case "type" -> this.type = string();
			case MEMORY -> this.remembered = remembered();
			default -> this.cursor.value();
		}
	}

	private @Nullable String role() {
		if (this.form.isProtobuf() && this.cursor.at(JsonToken.VALUE_NULL)) {
			this.cursor.value();
			return null;
		}
		if (!this.cursor.at(JsonToken.VALUE_STRING)) {
			refuse(".role", "has to be a string, for instance 'user'");
			this.cursor.value();
			return null;
		}
		return JsonStrings.decode(this.body, this.cursor.value());
	}

	private @Nullable String string() {
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
		this.toolResultsEnd = -1;
		if (this.cursor.at(JsonToken.VALUE_STRING)) {
			this.texts.add(this.cursor.value());
		}
		else if (this.cursor.at(JsonToken.START_ARRAY)) {
			parts();
		}
		else if (this.form.isProtobuf() && this.cursor.at(JsonToken.START_OBJECT)) {
			part(this.form.content());
		}
		else if (this.cursor.at(JsonToken.VALUE_NULL)) {
			this.cursor.value();
		}
		else {
			refuse("." + this.form.content(), "has to be a string, an array of parts, or null");
			this.cursor.value();
		}
	}

	private void parts() {
		int start = this.cursor.start();
		this.cursor.next();
		for (int index = 0; !this.cursor.at(JsonToken.END_ARRAY); index++) {
			part(this.form.content() + "[" + index + "]");
		}
		int end = this.cursor.start() + 1;
		this.cursor.next();
		this.parts = new JsonSpan(start, end);
	}

	private void part(String part) {
		if (!this.cursor.at(JsonToken.START_OBJECT)) {
			refuse("." + part, "has to be an object");
			this.cursor.value();
			return;
		}
		PartScanner scanner = new PartScanner(this.body, this.cursor, this.form);
		scanner.scan();
		if (scanner.isToolResult()) {
			this.toolResultsEnd = this.cursor.previousEnd();
		}
		JsonSpan text = scanner.text();
		if (text != null) {
			this.texts.add(text);
		}
		else if (scanner.isText()) {
			refuse("." + part + ".text", "has to be a string");
		}
	}

	private void refuse(String member, String message) {
		if (this.fault == null) {
			this.fault = invalid(member, message);
		}
	}

	private InvalidChatRequestException invalid(String member, String message) {
		String param = this.path + member;
		return new InvalidChatRequestException("'" + param + "' " + message, param);
	}

}
