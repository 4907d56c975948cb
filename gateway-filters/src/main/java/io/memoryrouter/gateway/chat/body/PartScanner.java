package io.memoryrouter.gateway.chat.body;

import io.memoryrouter.gateway.chat.json.JsonCursor;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Scans one part of a message's content.
 */
final class PartScanner {

	private final byte[] body;

	private final JsonCursor cursor;

	private final MessageForm form;

	private @Nullable String type;

	private @Nullable JsonSpan text;

	private boolean thought;

	private boolean toolMember;

	PartScanner(byte[] body, JsonCursor cursor, MessageForm form) {
		this.body = body;
		this.cursor = cursor;
		this.form = form;
	}

	/** Scans the object that the cursor stands on and moves past it. */
	void scan() {
		this.cursor.next();
		while (this.cursor.at(JsonToken.PROPERTY_NAME)) {
			String name = this.cursor.name();
			this.cursor.next();
			boolean string = this.cursor.at(JsonToken.VALUE_STRING);
			boolean yes = this.cursor.at(JsonToken.VALUE_TRUE);
			JsonSpan value = this.cursor.value();
			switch (name) {
				case "type" -> this.type = string ? JsonStrings.decode(this.body, value) : null;
				case "text" -> this.text = string ? value : null;
				case "thought" -> this.thought = yes;
				default -> this.toolMember |= this.form.toolTypes().contains(name);
			}
		}
		this.cursor.next();
	}

	/**
	 * Whether it is a part of text, well-formed or not.
	 * @return whether
	 */
	boolean isText() {
		if (this.form.textTypes().isEmpty()) {
			return this.text != null && !this.thought;
		}
		return this.type != null && this.form.textTypes().contains(this.type);
	}

	/**
	 * Its text.
	 * @return where the literal lies, or {@code null} if it is no part of text or has
	 * none
	 */
	@Nullable JsonSpan text() {
		return isText() ? this.text : null;
	}

	/**
	 * Whether it brings the result of a tool.
	 * @return whether
	 */
	boolean isToolResult() {
		if (this.form.textTypes().isEmpty()) {
			return this.toolMember;
		}
		return this.type != null && this.form.toolTypes().contains(this.type);
	}

}
