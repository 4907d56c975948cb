package io.memoryrouter.gateway.chat.gemini;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one candidate of a response: the text of its parts, thoughts left out. A part
 * counts when it has been read to its end, since only then is it known to be no thought.
 */
final class GeminiCandidate {

	private int index;

	private boolean finished;

	private @Nullable StringBuilder text;

	/**
	 * Forgets what was read before.
	 * @param place the place among the candidates
	 */
	void begin(int place) {
		this.index = place;
		this.finished = false;
		this.text = null;
	}

	/**
	 * Which of the candidates it is.
	 * @return its index, or its place if it tells none
	 */
	int index() {
		return this.index;
	}

	/**
	 * Whether the model says that it has finished.
	 * @return whether
	 */
	boolean isFinished() {
		return this.finished;
	}

	/**
	 * What it says.
	 * @return the text, or {@code null} if there is none
	 */
	@Nullable String text() {
		return (this.text != null) ? this.text.toString() : null;
	}

	/**
	 * Reads a candidate. If that breaks off, what was read before counts.
	 * @param parser the parser, on the candidate
	 */
	void read(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "index" -> this.index = (value == JsonToken.VALUE_NUMBER_INT) ? parser.getIntValue() : this.index;
				case "finishReason" -> this.finished = value != JsonToken.VALUE_NULL;
				case "content" -> content(parser);
				default -> {
					// Skipped below, as is what a case above did not enter.
				}
			}
			parser.skipChildren();
		}
	}

	private void content(JsonParser parser) {
		if (!parser.isExpectedStartObjectToken()) {
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if ("parts".equals(name) && parser.isExpectedStartArrayToken()) {
				parts(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void parts(JsonParser parser) {
		StringBuilder said = new StringBuilder();
		this.text = said;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.isExpectedStartObjectToken()) {
				said.append(part(parser));
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private static String part(JsonParser parser) {
		boolean thought = false;
		String said = "";
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if ("thought".equals(name)) {
				thought = value == JsonToken.VALUE_TRUE;
			}
			else if ("text".equals(name) && value == JsonToken.VALUE_STRING) {
				said = parser.getString();
			}
			parser.skipChildren();
		}
		return thought ? "" : said;
	}

}
