package io.memoryrouter.gateway.chat.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads values of a document from its parser, which stands at their first token and is
 * left at their last. What is of another kind is passed over.
 */
public final class JsonValues {

	private JsonValues() {
	}

	/**
	 * Reads a string.
	 * @param parser the parser
	 * @param value the token where it stands
	 * @return the string, or {@code null} if it is something else
	 */
	public static @Nullable String string(JsonParser parser, JsonToken value) {
		if (value == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	/**
	 * Reads a count.
	 * @param parser the parser
	 * @param value the token where it stands
	 * @return the count, 0 if it is negative, no whole number or more than 64 bits hold
	 */
	public static long count(JsonParser parser, JsonToken value) {
		if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
			return Math.max(0, parser.getLongValue());
		}
		parser.skipChildren();
		return 0;
	}

}
