package io.memoryrouter.gateway.chat.body;

import java.nio.charset.StandardCharsets;

import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/**
 * Puts a block of text at the end or the beginning of a message: inside the string
 * literal that is there, or as a part of its own. Nothing around it changes.
 *
 * @param block the block
 * @param part how a part of text is written
 */
public record BlockInsertion(String block, TextPart part) {

	private static final String PART_END = "\"}";

	/**
	 * The edit that puts the block at the end of a message.
	 * @param message the message
	 * @return the edit, or {@code null} if the message can hold no text
	 */
	public @Nullable Edit append(ScannedMessage message) {
		if (!isJoined(message)) {
			return (message.parts() != null) ? appendPart(message.body(), message.parts()) : null;
		}
		JsonSpan literal = message.texts().get(message.texts().size() - 1);
		String text = isEmpty(literal) ? this.block : ChatRequest.BLOCK_SEPARATOR + this.block;
		return insert(literal.end() - 1, JsonStrings.encode(text));
	}

	/**
	 * The edit that puts the block at the beginning of a message. Results of tools have
	 * to come first where they are parts: there it goes behind them.
	 * @param message the message
	 * @return the edit, or {@code null} if the message can hold no text
	 */
	public @Nullable Edit prepend(ScannedMessage message) {
		if (!isJoined(message)) {
			return (message.parts() != null) ? prependPart(message, message.parts()) : null;
		}
		JsonSpan literal = message.texts().get(0);
		String text = isEmpty(literal) ? this.block : this.block + ChatRequest.BLOCK_SEPARATOR;
		return insert(literal.start() + 1, JsonStrings.encode(text));
	}

	private boolean isJoined(ScannedMessage message) {
		return !message.texts().isEmpty() && (this.part.joined() || message.parts() == null);
	}

	private Edit appendPart(byte[] body, JsonSpan parts) {
		int end = parts.end() - 1;
		while (Character.isWhitespace(body[end - 1])) {
			end--;
		}
		return insert(end, part((body[end - 1] != '[') ? "," : "", ""));
	}

	private Edit prependPart(ScannedMessage message, JsonSpan parts) {
		if (message.toolResult()) {
			return insert(message.toolResultsEnd(), part(",", ""));
		}
		int first = parts.start() + 1;
		while (Character.isWhitespace(message.body()[first])) {
			first++;
		}
		return insert(parts.start() + 1, part("", (message.body()[first] != ']') ? "," : ""));
	}

	private byte[] part(String before, String after) {
		String text = new String(JsonStrings.encode(this.block), StandardCharsets.UTF_8);
		return (before + this.part.start() + text + PART_END + after).getBytes(StandardCharsets.UTF_8);
	}

	private static boolean isEmpty(JsonSpan literal) {
		return literal.length() == 2;
	}

	private static Edit insert(int offset, byte[] bytes) {
		return new Edit(offset, 0, bytes);
	}

	/** Says nothing of the text. */
	@Override
	public String toString() {
		return "BlockInsertion[" + this.block.length() + " characters]";
	}

}
