package io.memoryrouter.memory.retrieval;

import java.util.regex.Pattern;

/**
 * What the form of a text says, whatever it is about.
 */
final class TextTraits {

	private static final Pattern DATE = Pattern.compile("[0-9]|\\b(?:yesterday|today|tonight|tomorrow|ago|last|next"
			+ "|weekend|week|month|year|decade|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march"
			+ "|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
			+ "|christmas|easter|recently|since)s?\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern ASKS_WHEN = Pattern.compile(
			"\\b(?:when|how long|how old|since when|(?:what|which) (?:day|date|week|month|year|time))\\b",
			Pattern.CASE_INSENSITIVE);

	private TextTraits() {
	}

	/**
	 * Whether a text ends by asking something.
	 * @param text the text
	 * @return whether it ends in a question mark
	 */
	static boolean isQuestion(String text) {
		String end = text.stripTrailing();
		return end.endsWith("?") || end.endsWith("？");
	}

	/**
	 * Whether a text may tell a time.
	 * @param text the text
	 * @return whether it has a digit or a word of dates
	 */
	static boolean tellsTime(String text) {
		return DATE.matcher(text).find();
	}

	/**
	 * Whether a question asks for a time.
	 * @param question the question
	 * @return whether it asks when something was or how long it took
	 */
	static boolean asksForTime(String question) {
		return ASKS_WHEN.matcher(question).find();
	}

}
