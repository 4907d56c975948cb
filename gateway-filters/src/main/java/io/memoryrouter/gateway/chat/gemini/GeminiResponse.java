package io.memoryrouter.gateway.chat.gemini;

import io.memoryrouter.gateway.chat.answer.AnswerDocument;
import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.json.JsonParsers;
import io.memoryrouter.gateway.chat.json.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code GenerateContentResponse}: a whole answer, or a piece of a stream, which
 * has the same form. From a document that is cut off it takes the parts before the cut.
 * Of several candidates only the one with index 0 is read; one without an index counts by
 * its place. A request that was blocked has no candidates: nothing was said.
 */
public final class GeminiResponse {

	private final GeminiCandidate candidate = new GeminiCandidate();

	private @Nullable String text;

	private boolean finished;

	private boolean failed;

	private boolean whole;

	private AnswerReader.@Nullable Usage usage;

	private GeminiResponse() {
	}

	/**
	 * Reads a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 * @return what it tells
	 */
	public static AnswerDocument read(byte[] bytes, int offset, int length) {
		GeminiResponse response = new GeminiResponse();
		try (JsonParser parser = JsonParsers.create(bytes, offset, length)) {
			response.whole = parser.nextToken() == JsonToken.START_OBJECT;
			if (response.whole) {
				response.root(parser);
			}
		}
		catch (JacksonException ex) {
			response.whole = false;
			response.endCandidate();
		}
		return new AnswerDocument(response.text, response.whole, response.finished, false, response.failed,
				response.usage);
	}

	private void root(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "candidates" -> candidates(parser);
				case "promptFeedback" -> promptFeedback(parser);
				case "usageMetadata" -> usage(parser);
				case "error" -> {
					this.failed = value != JsonToken.VALUE_NULL;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
	}

	private void candidates(JsonParser parser) {
		if (!parser.isExpectedStartArrayToken()) {
			parser.skipChildren();
			return;
		}
		for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
			if (parser.isExpectedStartObjectToken()) {
				this.candidate.begin(place);
				this.candidate.read(parser);
				endCandidate();
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void endCandidate() {
		if (this.candidate.index() == 0) {
			this.text = (this.candidate.text() != null) ? this.candidate.text() : this.text;
			this.finished |= this.candidate.isFinished();
		}
	}

	private void promptFeedback(JsonParser parser) {
		if (!parser.isExpectedStartObjectToken()) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			this.finished |= "blockReason".equals(name) && value != JsonToken.VALUE_NULL;
			parser.skipChildren();
		}
	}

	private void usage(JsonParser parser) {
		if (!parser.isExpectedStartObjectToken()) {
			parser.skipChildren();
			return;
		}
		long promptTokens = 0;
		long candidatesTokens = 0;
		long thoughtsTokens = 0;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "promptTokenCount" -> promptTokens = JsonValues.count(parser, value);
				case "candidatesTokenCount" -> candidatesTokens = JsonValues.count(parser, value);
				case "thoughtsTokenCount" -> thoughtsTokens = JsonValues.count(parser, value);
				// The total, and counts by modality.
				default -> parser.skipChildren();
			}
		}
		this.usage = new AnswerReader.Usage(promptTokens, candidatesTokens + thoughtsTokens);
	}

}
