package io.memoryrouter.gateway.chat.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Reads and writes string literals.
 */
public final class JsonStrings {

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private JsonStrings() {
	}

	/**
	 * Decodes a literal.
	 * @param document holds it
	 * @param literal where it lies, with its quotes; the document has been parsed before,
	 * so it is well-formed
	 * @return the text. What is no character ({@code \ud800} alone) stays as it is, and
	 * bytes that are no UTF-8 become U+FFFD
	 */
	public static String decode(byte[] document, JsonSpan literal) {
		int length = literal.length() - 2;
		if (isPlain(document, literal)) {
			return new String(document, literal.start() + 1, length, StandardCharsets.UTF_8);
		}
		try (JsonParser parser = JsonParsers.create(document, literal.start(), literal.length())) {
			parser.nextToken();
			return parser.getString();
		}
		catch (JacksonException ex) {
			throw InvalidJsonException.from(ex);
		}
	}

	/**
	 * Decodes the beginning of a literal that is cut off.
	 * @param document holds it
	 * @param start where it begins, with its quote
	 * @param end where the document was cut
	 * @return the text up to the last whole character
	 */
	public static String decodeCut(byte[] document, int start, int end) {
		int whole = start + 1;
		while (whole < end && whole + unitLength(document, whole, end) <= end) {
			whole += unitLength(document, whole, end);
		}
		byte[] literal = Arrays.copyOfRange(document, start, whole + 1);
		literal[literal.length - 1] = '"';
		String text = decode(literal, new JsonSpan(0, literal.length));
		boolean halfPair = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
		return halfPair ? text.substring(0, text.length() - 1) : text;
	}

	/**
	 * Where a character of a literal stands.
	 * @param document holds it
	 * @param literal where it lies, with its quotes; well-formed, and up to that
	 * character without any beyond U+FFFF that is not written as an escape
	 * @param index the index of the character in the decoded text
	 * @return the offset of its first byte in the document
	 */
	public static int offset(byte[] document, JsonSpan literal, int index) {
		int offset = literal.start() + 1;
		for (int i = 0; i < index; i++) {
			offset += unitLength(document, offset, literal.end());
		}
		return offset;
	}

	private static int unitLength(byte[] document, int index, int end) {
		int lead = document[index] & 0xff;
		if (lead == '\\') {
			return (index + 1 < end && document[index + 1] == 'u') ? 6 : 2;
		}
		if (lead < 0xc0) {
			return 1;
		}
		return (lead < 0xe0) ? 2 : (lead < 0xf0) ? 3 : 4;
	}

	/**
	 * A value as text: a string decoded, anything else as it is written.
	 * @param document holds it
	 * @param value where it lies
	 * @return the text
	 */
	public static String text(byte[] document, JsonSpan value) {
		if (document[value.start()] == '"') {
			return decode(document, value);
		}
		return new String(document, value.start(), value.length(), StandardCharsets.UTF_8);
	}

	private static boolean isPlain(byte[] document, JsonSpan literal) {
		for (int i = literal.start() + 1; i < literal.end() - 1; i++) {
			if (document[i] == '\\') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Encodes a text as the inside of a literal: in UTF-8, with nothing escaped but what
	 * RFC 8259, section 7, says must be.
	 * @param text the text
	 * @return the bytes, without quotes
	 */
	public static byte[] encode(String text) {
		StringBuilder literal = new StringBuilder(text.length() + 64);
		for (int i = 0; i < text.length(); i++) {
			append(text.charAt(i), literal);
		}
		return literal.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void append(char character, StringBuilder literal) {
		switch (character) {
			case '"', '\\' -> literal.append('\\').append(character);
			case '\n' -> literal.append("\\n");
			case '\r' -> literal.append("\\r");
			case '\t' -> literal.append("\\t");
			default -> {
				if (character < ' ') {
					literal.append("\\u00").append(HEX[character >> 4]).append(HEX[character & 0xf]);
				}
				else {
					literal.append(character);
				}
			}
		}
	}

}
