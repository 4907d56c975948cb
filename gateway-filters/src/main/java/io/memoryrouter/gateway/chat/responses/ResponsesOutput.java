package io.memoryrouter.gateway.chat.responses;

import java.util.ArrayList;
import java.util.List;

import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the output of a response: the text of each message of the assistant, put together
 * from its parts of type {@code output_text}. No refusals, no reasoning, no tools.
 */
final class ResponsesOutput {

	private final byte[] bytes;

	private final int offset;

	private final int length;

	private @Nullable List<String> messages;

	private StringBuilder message = new StringBuilder();

	/** Whether the item that is being read is a message of the assistant, or may be. */
	private boolean said;

	/** Where the literal of visible text begins that is being read, or −1. */
	private int openLiteral = -1;

	/**
	 * Reads from a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 */
	ResponsesOutput(byte[] bytes, int offset, int length) {
		this.bytes = bytes;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * What was read.
	 * @return the texts of the messages, or {@code null} if there is no output
	 */
	@Nullable List<String> messages() {
		return this.messages;
	}

	/** The document is cut off here: takes what was being read up to the cut. */
	void cutOff() {
		if (this.openLiteral >= 0 && this.bytes[this.openLiteral] == '"') {
			this.message.append(JsonStrings.decodeCut(this.bytes, this.openLiteral, this.offset + this.length));
		}
		endMessage();
	}

	/**
	 * Reads the output.
	 * @param parser the parser, on it
	 * @param value its first token
	 */
	void read(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
			item(parser, item);
		}
	}

	private void item(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		this.said = true;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			member(parser, name, parser.nextToken());
		}
		endMessage();
	}

	private void member(JsonParser parser, String name, JsonToken value) {
		if ("content".equals(name) && value == JsonToken.START_ARRAY) {
			content(parser);
		}
		else if ("type".equals(name) && value == JsonToken.VALUE_STRING) {
			this.said &= "message".equals(parser.getString());
		}
		else if ("role".equals(name) && value == JsonToken.VALUE_STRING) {
			this.said &= "assistant".equals(parser.getString());
		}
		else {
			parser.skipChildren();
		}
	}

	private void content(JsonParser parser) {
		for (JsonToken part = parser.nextToken(); part != JsonToken.END_ARRAY; part = parser.nextToken()) {
			if (part == JsonToken.START_OBJECT) {
				part(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void part(JsonParser parser) {
		boolean visible = false;
		String text = "";
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if ("type".equals(name) && value == JsonToken.VALUE_STRING) {
				visible = "output_text".equals(parser.getString());
			}
			else if ("text".equals(name) && value == JsonToken.VALUE_STRING) {
				this.openLiteral = visible ? this.offset + (int) parser.currentTokenLocation().getByteOffset() : -1;
				text = parser.getString();
				this.openLiteral = -1;
			}
			else {
				parser.skipChildren();
			}
		}
		if (visible) {
			this.message.append(text);
		}
	}

	private void endMessage() {
		if (this.said && !this.message.isEmpty()) {
			if (this.messages == null) {
				this.messages = new ArrayList<>(1);
			}
			this.messages.add(this.message.toString());
		}
		this.message = new StringBuilder();
	}

}
