package io.memoryrouter.gateway.chat.anthropic;

import io.memoryrouter.gateway.chat.answer.AnswerDocument;
import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.json.JsonParsers;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import io.memoryrouter.gateway.chat.json.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads one {@code message}, one event of its stream, or one {@code error}; what it does
 * not know it passes over. From a document that is cut off it takes what came before the
 * cut. Text is what blocks of type {@code text} and their deltas say: no thinking, no
 * tools, no citations.
 */
final class AnthropicDocument {

	private final byte[] bytes;

	private final int offset;

	private final int length;

	private AnthropicAnswer.TextFlow flow;

	private @Nullable StringBuilder text;

	private @Nullable String type;

	private boolean whole;

	private boolean finished;

	private boolean error;

	private AnswerReader.@Nullable Usage usage;

	/** Where the literal of visible text begins that is being read, or −1. */
	private int openLiteral = -1;

	private AnthropicDocument(byte[] bytes, int offset, int length, AnthropicAnswer.TextFlow flow) {
		this.bytes = bytes;
		this.offset = offset;
		this.length = length;
		this.flow = flow;
	}

	/**
	 * Reads a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 * @param flow how the text of the answer stands before it
	 * @return the document
	 */
	static AnthropicDocument read(byte[] bytes, int offset, int length, AnthropicAnswer.TextFlow flow) {
		AnthropicDocument document = new AnthropicDocument(bytes, offset, length, flow);
		try (JsonParser parser = JsonParsers.create(bytes, offset, length)) {
			document.whole = parser.nextToken() == JsonToken.START_OBJECT;
			if (document.whole) {
				document.members(parser);
			}
		}
		catch (UnexpectedEndOfInputException ex) {
			document.whole = false;
			document.endOpenLiteral();
		}
		catch (JacksonException ex) {
			document.whole = false;
		}
		return document;
	}

	/**
	 * What it tells.
	 * @return what it tells
	 */
	AnswerDocument said() {
		boolean failed = this.error || "error".equals(this.type);
		return new AnswerDocument((this.text != null) ? this.text.toString() : null, this.whole, this.finished,
				"message_stop".equals(this.type), failed, this.usage);
	}

	/**
	 * Whether it is a whole JSON object.
	 * @return whether
	 */
	boolean isWhole() {
		return this.whole;
	}

	/**
	 * How the text of the answer stands after it.
	 * @return how
	 */
	AnthropicAnswer.TextFlow flow() {
		return this.flow;
	}

	private void members(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "type" -> this.type = JsonValues.string(parser, value);
				case "content" -> content(parser, value);
				case "content_block", "delta" -> part(parser, value);
				case "usage" -> usage(parser, value);
				case "stop_reason" -> this.finished = JsonValues.string(parser, value) != null;
				case "error" -> {
					this.error = value != JsonToken.VALUE_NULL;
					parser.skipChildren();
				}
				case "message" -> message(parser, value);
				default -> parser.skipChildren();
			}
		}
	}

	/** The message that a stream starts with has no text yet, but counts its request. */
	private void message(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken member = parser.nextToken();
			if ("usage".equals(name)) {
				usage(parser, member);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void content(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		this.flow = AnthropicAnswer.TextFlow.BEGINNING;
		for (JsonToken block = parser.nextToken(); block != JsonToken.END_ARRAY; block = parser.nextToken()) {
			part(parser, block);
		}
	}

	/** A block, or a delta of one, or the delta of the message. */
	private void part(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		String partType = null;
		String said = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken member = parser.nextToken();
			switch (name) {
				case "type" -> partType = JsonValues.string(parser, member);
				case "text" -> said = text(parser, member, partType);
				case "stop_reason" -> this.finished = JsonValues.string(parser, member) != null;
				default -> parser.skipChildren();
			}
		}
		if (isText(partType)) {
			add(said);
		}
		else if (partType != null && !partType.endsWith("_delta")) {
			this.flow = this.flow.afterOther();
		}
	}

	private static boolean isText(@Nullable String type) {
		return "text".equals(type) || "text_delta".equals(type);
	}

	private @Nullable String text(JsonParser parser, JsonToken value, @Nullable String partType) {
		this.openLiteral = isText(partType) ? this.offset + (int) parser.currentTokenLocation().getByteOffset() : -1;
		String said = JsonValues.string(parser, value);
		this.openLiteral = -1;
		return said;
	}

	private void endOpenLiteral() {
		if (this.openLiteral >= 0 && this.bytes[this.openLiteral] == '"') {
			add(JsonStrings.decodeCut(this.bytes, this.openLiteral, this.offset + this.length));
		}
	}

	private void add(@Nullable String said) {
		if (said == null || said.isEmpty()) {
			return;
		}
		if (this.text == null) {
			this.text = new StringBuilder();
		}
		this.text.append(this.flow.before()).append(said);
		this.flow = this.flow.afterText();
	}

	/** What comes from the cache or goes into it is not in {@code input_tokens}. */
	private void usage(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		long promptTokens = 0;
		long completionTokens = 0;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			long count = JsonValues.count(parser, parser.nextToken());
			switch (name) {
				case "input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens" -> promptTokens += count;
				case "output_tokens" -> completionTokens = count;
				default -> parser.skipChildren();
			}
		}
		this.usage = new AnswerReader.Usage(promptTokens, completionTokens);
	}

}
