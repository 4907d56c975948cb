package io.memoryrouter.gateway.chat.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memoryrouter.gateway.chat.body.ScannedMessage;
import io.memoryrouter.gateway.chat.json.JsonSpan;
import io.memoryrouter.gateway.chat.json.JsonStrings;

/**
 * Blocks of text that are {@code <system-reminder>} elements. Coding agents put them into
 * the user's messages, beside the results of tools too: project rules, the state of a
 * to-do list. The user did not say them, so they are neither asked nor stored, and a
 * message that brings nothing else than them and results of tools is no question. They
 * are forwarded like everything else.
 */
final class SystemReminders {

	private static final String OPENING = "<system-reminder>";

	private static final String CLOSING = "</system-reminder>";

	private static final byte[] LITERAL_START = ('"' + OPENING).getBytes(StandardCharsets.US_ASCII);

	private SystemReminders() {
	}

	/**
	 * Leaves them out of what a user says.
	 * @param message the message
	 * @return the message without them; the very same if it has none
	 */
	static ScannedMessage without(ScannedMessage message) {
		if (message.parts() == null || !message.role().equals("user")) {
			return message;
		}
		List<JsonSpan> texts = message.texts()
			.stream()
			.filter((literal) -> !isReminder(message.body(), literal))
			.toList();
		if (texts.size() == message.texts().size()) {
			return message;
		}
		return new ScannedMessage(message.body(), message.role(), message.name(), message.remembered(), texts,
				message.parts(), message.toolResultsEnd());
	}

	private static boolean isReminder(byte[] body, JsonSpan literal) {
		if (!startsWithOpening(body, literal)) {
			return false;
		}
		String text = JsonStrings.decode(body, literal).stripTrailing();
		int position = 0;
		while (text.startsWith(OPENING, position)) {
			int closing = text.indexOf(CLOSING, position);
			if (closing < 0) {
				return false;
			}
			position = afterSpace(text, closing + CLOSING.length());
		}
		return position == text.length();
	}

	private static int afterSpace(String text, int start) {
		int index = start;
		while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
			index++;
		}
		return index;
	}

	private static boolean startsWithOpening(byte[] body, JsonSpan literal) {
		if (literal.length() < LITERAL_START.length) {
			return false;
		}
		for (int i = 0; i < LITERAL_START.length; i++) {
			if (body[literal.start() + i] != LITERAL_START[i]) {
				return false;
			}
		}
		return true;
	}

}
