package io.memoryrouter.memory.embedding;

import java.util.Locale;

import io.memoryrouter.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What of a memory is embedded:
 * {@code [previous speaker: the question that it ended with\n]speaker: text}.
 * <p>
 * The speaker always counts: without it the nearest memories are those that address the
 * person in question instead of those that the person said. The question is added where
 * somebody else asked one just before, since a short answer means nothing without it. The
 * day is left out: it draws unrelated memories of the same time together.
 */
public final class PassageText {

	/** Room enough for nearly every question; the answer is what is to be found. */
	private static final int MAX_QUESTION_LENGTH = 300;

	private PassageText() {
	}

	/**
	 * Composes the text.
	 * @param memory the memory
	 * @param previous what was said before it in the same session, or {@code null}
	 * @return the text, without a prefix of any model
	 */
	public static String of(Memory memory, @Nullable Memory previous) {
		String own = speaker(memory) + ": " + memory.text();
		if (previous == null || speaker(previous).equals(speaker(memory))) {
			return own;
		}
		String question = lastQuestion(previous.text());
		return (question != null) ? speaker(previous) + ": " + question + "\n" + own : own;
	}

	private static String speaker(Memory memory) {
		return (memory.speaker() != null) ? memory.speaker() : memory.role().name().toLowerCase(Locale.ROOT);
	}

	/** The last sentence if it is a question; of a very long one, its end. */
	private static @Nullable String lastQuestion(String text) {
		int mark = text.lastIndexOf('?');
		if (mark < 0 || text.substring(mark).chars().anyMatch(Character::isLetterOrDigit)) {
			return null;
		}
		int start = Math.max(sentenceStart(text, mark), mark + 1 - MAX_QUESTION_LENGTH);
		String question = text.substring(start, mark + 1).strip();
		return question.chars().anyMatch(Character::isLetterOrDigit) ? question : null;
	}

	private static int sentenceStart(String text, int mark) {
		int i = mark;
		while (i > 0 && isSentenceEnd(text.charAt(i))) {
			i--;
		}
		for (; i > 0; i--) {
			char c = text.charAt(i);
			if (c == '\n' || (Character.isWhitespace(c) && isSentenceEnd(text.charAt(i - 1)))) {
				return i + 1;
			}
		}
		return 0;
	}

	private static boolean isSentenceEnd(char c) {
		return c == '.' || c == '!' || c == '?' || c == '…' || c == '。';
	}

}
