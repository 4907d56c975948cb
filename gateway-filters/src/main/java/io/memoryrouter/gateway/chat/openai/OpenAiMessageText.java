package io.memoryrouter.gateway.chat.openai;

import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads the visible text of a message or a delta: {@code content}, as OpenAI sends it, or
 * the text parts of an array, as some compatible providers do beside their reasoning.
 */
final class OpenAiMessageText {

	private final byte[] bytes;

	private final int offset;

	private final int length;

	private @Nullable String text;

	/**
	 * Reads from a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 */
	OpenAiMessageText(byte[] bytes, int offset, int length) {
		this.bytes = bytes;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * Hands over what was read, and forgets it. If reading broke off inside the text
	 * because the document is cut off there, that is the text up to the cut.
	 * @return the text, or {@code null} if there was none
	 */
	@Nullable String take() {
		String taken = this.text;
		this.text = null;
		return taken;
	}

	/**
	 * Reads a message.
	 * @param parser the parser, on the message
	 */
	void read(JsonParser parser) {
		if (!parser.isExpectedStartObjectToken()) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if ("content".equals(name) && value == JsonToken.VALUE_STRING) {
				this.text = string(parser);
			}
			else if ("content".equals(name) && value == JsonToken.START_ARRAY) {
				parts(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private String string(JsonParser parser) {
		try {
			return parser.getString();
		}
		catch (UnexpectedEndOfInputException ex) {
			int start = this.offset + (int) parser.currentTokenLocation().getByteOffset();
			this.text = JsonStrings.decodeCut(this.bytes, start, this.offset + this.length);
			throw ex;
		}
	}

	private void parts(JsonParser parser) {
		StringBuilder parts = new StringBuilder();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.isExpectedStartObjectToken()) {
				parts.append(part(parser));
			}
			else {
				parser.skipChildren();
			}
		}
		this.text = parts.toString();
	}

	private static String part(JsonParser parser) {
		boolean visible = false;
		String said = "";
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if ("type".equals(name)) {
				visible = value == JsonToken.VALUE_STRING && "text".equals(parser.getString());
			}
			else if ("text".equals(name) && value == JsonToken.VALUE_STRING) {
				said = parser.getString();
			}
			parser.skipChildren();
		}
		return visible ? said : "";
	}

}
