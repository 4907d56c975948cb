package io.memoryrouter.memory.ingest;

/**
 * Makes any string one that every store keeps as it is: Unicode without NUL and without
 * halves of surrogate pairs, which are replaced by U+FFFD.
 */
final class StorableText {

	private static final char REPLACEMENT = '\ufffd';

	private StorableText() {
	}

	static String clean(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (isUnstorable(text, i)) {
				return cleanFrom(text, i);
			}
		}
		return text;
	}

	private static String cleanFrom(String text, int start) {
		StringBuilder cleaned = new StringBuilder(text);
		for (int i = start; i < text.length(); i++) {
			if (isUnstorable(text, i)) {
				cleaned.setCharAt(i, REPLACEMENT);
			}
		}
		return cleaned.toString();
	}

	private static boolean isUnstorable(String text, int index) {
		char c = text.charAt(index);
		if (Character.isHighSurrogate(c)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		if (Character.isLowSurrogate(c)) {
			return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
		}
		return c == 0;
	}

	/** At most the first {@code length} UTF-16 units, without halving a pair. */
	static String cut(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		boolean halves = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
		return text.substring(0, halves ? length - 1 : length);
	}

}
