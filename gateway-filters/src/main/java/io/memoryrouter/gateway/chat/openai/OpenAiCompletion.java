package io.memoryrouter.gateway.chat.openai;

import io.memoryrouter.gateway.chat.answer.AnswerDocument;
import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.json.JsonParsers;
import io.memoryrouter.gateway.chat.json.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code chat.completion} or one {@code chat.completion.chunk}. From a document
 * that is cut off it takes what came before the cut. Of several choices only the one with
 * index 0 is read; one without an index counts by its place.
 */
public final class OpenAiCompletion {

	private @Nullable String text;

	private boolean finished;

	private boolean failed;

	private boolean whole;

	private AnswerReader.@Nullable Usage usage;

	private final OpenAiMessageText messageText;

	private int index;

	private boolean choiceFinished;

	private OpenAiCompletion(byte[] bytes, int offset, int length) {
		this.messageText = new OpenAiMessageText(bytes, offset, length);
	}

	/**
	 * Reads a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 * @return what it tells
	 */
	public static AnswerDocument read(byte[] bytes, int offset, int length) {
		OpenAiCompletion completion = new OpenAiCompletion(bytes, offset, length);
		try (JsonParser parser = JsonParsers.create(bytes, offset, length)) {
			completion.whole = parser.nextToken() == JsonToken.START_OBJECT;
			if (completion.whole) {
				completion.root(parser);
			}
		}
		catch (JacksonException ex) {
			completion.whole = false;
			completion.endChoice();
		}
		return new AnswerDocument(completion.text, completion.whole, completion.finished, false, completion.failed,
				completion.usage);
	}

	private void root(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "choices" -> choices(parser);
				case "usage" -> usage(parser);
				case "error" -> {
					this.failed = value != JsonToken.VALUE_NULL;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
	}

	private void choices(JsonParser parser) {
		if (!parser.isExpectedStartArrayToken()) {
			parser.skipChildren();
			return;
		}
		for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
			if (parser.isExpectedStartObjectToken()) {
				this.index = place;
				choice(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void choice(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "index" -> this.index = (value == JsonToken.VALUE_NUMBER_INT) ? parser.getIntValue() : this.index;
				case "finish_reason" -> this.choiceFinished = value == JsonToken.VALUE_STRING;
				case "message", "delta" -> this.messageText.read(parser);
				default -> parser.skipChildren();
			}
		}
		endChoice();
	}

	private void endChoice() {
		String said = this.messageText.take();
		if (this.index == 0) {
			this.text = (said != null) ? said : this.text;
			this.finished |= this.choiceFinished;
		}
		this.choiceFinished = false;
	}

	private void usage(JsonParser parser) {
		if (!parser.isExpectedStartObjectToken()) {
			parser.skipChildren();
			return;
		}
		long promptTokens = 0;
		long completionTokens = 0;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "prompt_tokens" -> promptTokens = JsonValues.count(parser, value);
				case "completion_tokens" -> completionTokens = JsonValues.count(parser, value);
				default -> parser.skipChildren();
			}
		}
		this.usage = new AnswerReader.Usage(promptTokens, completionTokens);
	}

}
