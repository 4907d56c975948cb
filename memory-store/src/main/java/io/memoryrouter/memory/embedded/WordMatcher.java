package io.memoryrouter.memory.embedded;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the texts that have all of some words. Case, diacritics and compatibility forms
 * do not matter. A word stands for itself and not for a part of a longer one, except in
 * scripts that put no spaces between words.
 */
final class WordMatcher {

	private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

	private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

	private static final Set<UnicodeScript> UNSPACED = Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
			UnicodeScript.KATAKANA, UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR);

	private final List<String> words;

	/**
	 * Looks for words.
	 * @param words any text; its words are what white space separates
	 */
	WordMatcher(String words) {
		this.words = SPACES.splitAsStream(fold(WellFormed.text(words)))
			.filter((word) -> !word.isEmpty())
			.distinct()
			.toList();
	}

	boolean matches(String text) {
		String folded = fold(text);
		return this.words.stream().allMatch((word) -> contains(folded, word));
	}

	private static boolean contains(String text, String word) {
		int at = text.indexOf(word);
		while (at >= 0) {
			if (!continues(text, at) && !continues(text, at + word.length())) {
				return true;
			}
			at = text.indexOf(word, at + 1);
		}
		return false;
	}

	/** Whether a word goes on from before a place to behind it. */
	private static boolean continues(String text, int at) {
		return at > 0 && at < text.length() && isInWord(text.codePointBefore(at)) && isInWord(text.codePointAt(at));
	}

	private static boolean isInWord(int codePoint) {
		return Character.isLetterOrDigit(codePoint) && !UNSPACED.contains(UnicodeScript.of(codePoint));
	}

	private static String fold(String text) {
		boolean ascii = text.chars().allMatch((c) -> c < 0x80);
		String decomposed = ascii ? text
				: MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		return decomposed.toLowerCase(Locale.ROOT);
	}

}
