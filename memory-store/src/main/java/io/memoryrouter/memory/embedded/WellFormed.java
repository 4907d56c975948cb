package io.memoryrouter.memory.embedded;

/**
 * Text as a database can hold it. JSON can smuggle in halves of surrogate pairs, which no
 * UTF-8 can express: each becomes U+FFFD, the replacement character.
 */
final class WellFormed {

	private static final char REPLACEMENT = '\uFFFD';

	private WellFormed() {
	}

	static String text(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				return mend(text);
			}
		}
		return text;
	}

	private static String mend(String text) {
		StringBuilder mended = new StringBuilder(text.length());
		text.codePoints().forEach((codePoint) -> {
			boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
			mended.appendCodePoint(half ? REPLACEMENT : codePoint);
		});
		return mended.toString();
	}

}
