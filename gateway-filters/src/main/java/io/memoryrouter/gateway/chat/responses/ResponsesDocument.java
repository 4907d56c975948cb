package io.memoryrouter.gateway.chat.responses;

import java.util.List;

import io.memoryrouter.gateway.chat.answer.AnswerReader;
import io.memoryrouter.gateway.chat.json.JsonParsers;
import io.memoryrouter.gateway.chat.json.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one {@code response}, one event of its stream, or one {@code error}; what it does
 * not know it passes over. From a document that is cut off it takes what came before the
 * cut.
 */
final class ResponsesDocument {

	private static final String EVENT = "response.";

	private @Nullable String type;

	private @Nullable String status;

	private @Nullable String delta;

	private long output;

	private boolean whole;

	private boolean error;

	private AnswerReader.@Nullable Usage usage;

	private final ResponsesOutput said;

	private ResponsesDocument(byte[] bytes, int offset, int length) {
		this.said = new ResponsesOutput(bytes, offset, length);
	}

	/**
	 * Reads a document.
	 * @param bytes holds it
	 * @param offset where it begins
	 * @param length its size
	 * @return the document
	 */
	static ResponsesDocument read(byte[] bytes, int offset, int length) {
		ResponsesDocument document = new ResponsesDocument(bytes, offset, length);
		try (JsonParser parser = JsonParsers.create(bytes, offset, length)) {
			document.whole = parser.nextToken() == JsonToken.START_OBJECT;
			if (document.whole) {
				document.members(parser);
			}
		}
		catch (JacksonException ex) {
			document.whole = false;
			document.said.cutOff();
		}
		return document;
	}

	/**
	 * What a whole response says.
	 * @return the texts of its messages, or {@code null} if there is no response, or it
	 * has no output yet
	 */
	@Nullable List<String> response() {
		return this.said.messages();
	}

	/**
	 * What an event adds to the text.
	 * @return the addition, or {@code null} if the event tells something else
	 */
	@Nullable String delta() {
		return isEvent("output_text.delta") ? this.delta : null;
	}

	/**
	 * Whether it may be an event that adds to the text, though it is cut off.
	 * @return whether it is one, or does not say what it is
	 */
	boolean mayAdd() {
		return this.type == null || isEvent("output_text.delta");
	}

	/**
	 * Which of the response's outputs an event is about.
	 * @return the index
	 */
	long output() {
		return this.output;
	}

	/**
	 * Whether it is a whole JSON object.
	 * @return whether
	 */
	boolean isWhole() {
		return this.whole;
	}

	/**
	 * Whether the model says that it has finished, or that it may say no more.
	 * @return whether
	 */
	boolean isFinished() {
		return "completed".equals(this.status) || "incomplete".equals(this.status) || isEvent("output_text.done");
	}

	/**
	 * Whether it is the last event of a stream.
	 * @return whether
	 */
	boolean isTerminal() {
		return isEvent("completed") || isEvent("incomplete") || isEvent("failed") || isEvent("cancelled");
	}

	/**
	 * Whether the provider reports an error.
	 * @return whether
	 */
	boolean isFailed() {
		return this.error || "error".equals(this.type) || isEvent("failed") || "failed".equals(this.status);
	}

	/**
	 * What the provider counted.
	 * @return the usage, or {@code null} if it does not say
	 */
	AnswerReader.@Nullable Usage usage() {
		return this.usage;
	}

	private boolean isEvent(String name) {
		return this.type != null && this.type.startsWith(EVENT) && this.type.endsWith(name)
				&& this.type.length() == EVENT.length() + name.length();
	}

	private void members(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			switch (name) {
				case "type" -> this.type = JsonValues.string(parser, value);
				case "delta" -> this.delta = JsonValues.string(parser, value);
				case "output_index" -> this.output = Math.max(0, JsonValues.count(parser, value));
				case "response" -> response(parser, value);
				default -> responseMember(parser, name, value);
			}
		}
	}

	private void response(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			responseMember(parser, name, parser.nextToken());
		}
	}

	private void responseMember(JsonParser parser, String name, JsonToken value) {
		switch (name) {
			case "status" -> this.status = JsonValues.string(parser, value);
			case "output" -> this.said.read(parser, value);
			case "usage" -> usage(parser, value);
			case "error" -> {
				this.error |= value != JsonToken.VALUE_NULL;
				parser.skipChildren();
			}
			default -> parser.skipChildren();
		}
	}

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
				case "input_tokens" -> promptTokens = count;
				case "output_tokens" -> completionTokens = count;
				default -> parser.skipChildren();
			}
		}
		this.usage = new AnswerReader.Usage(promptTokens, completionTokens);
	}

}
