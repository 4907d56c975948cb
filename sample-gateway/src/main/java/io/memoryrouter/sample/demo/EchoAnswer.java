package io.memoryrouter.sample.demo;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the echo says, before a dialect gives it a form. Its usage counts words, not
 * tokens: the echo has no tokenizer.
 *
 * @param id identifies the answer: letters and digits, to which dialects add their prefix
 * @param created when it was made
 * @param question what it answers
 * @param text the answer itself
 */
record EchoAnswer(String id, Instant created, EchoQuestion question, String text) {

	/** Between two lines, each of which keeps its line feed. */
	private static final Pattern LINES = Pattern.compile("(?<=\n)");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	/**
	 * Answers a question.
	 * @param question the question
	 * @return the answer
	 */
	static EchoAnswer to(EchoQuestion question) {
		String id = UUID.randomUUID().toString().replace("-", "");
		return new EchoAnswer(id, Instant.now(), question, HandedMemories.in(question.texts()).describe());
	}

	/**
	 * The model that answered.
	 * @return its name, without a prefix
	 */
	String model() {
		return this.question.model();
	}

	/**
	 * The pieces in which a stream sends the text.
	 * @return the lines, which together are the text; at least one
	 */
	List<String> lines() {
		return LINES.splitAsStream(this.text).toList();
	}

	/**
	 * The size of the question.
	 * @return the number of words in what was asked and handed along
	 */
	int questionWords() {
		return this.question.texts().stream().mapToInt(EchoAnswer::words).sum();
	}

	/**
	 * The size of the answer.
	 * @return the number of words
	 */
	int answerWords() {
		return words(this.text);
	}

	private static int words(String text) {
		String stripped = text.strip();
		return stripped.isEmpty() ? 0 : SPACE.split(stripped).length;
	}

}
