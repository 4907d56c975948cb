package io.memoryrouter.gateway.context.block;

import java.util.regex.Pattern;

/**
 * Makes somebody's text harmless inside a {@link MemoryBlock} and leaves it readable.
 * <p>
 * What could be taken for a mark is escaped wherever it stands: not the marks are looked
 * for, in all their spellings, but every less-than sign becomes {@code &lt;}, and so does
 * every character that Unicode lists as one that looks like it. Lines after the first are
 * indented, so that no line of a memory looks like the beginning of another memory.
 * Characters that show nothing and serve to hide orders from the human eye (tags, bidi
 * controls, zero-width spaces) are left out.
 */
final class UntrustedText {

	private static final String INDENT = "  ";

	private static final int MAX_NAME_LENGTH = 64;

	private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_.'’@&+-]+");

	private UntrustedText() {
	}

	/**
	 * Appends a text as one paragraph.
	 * @param text the text
	 * @param target where to append it
	 */
	static void appendParagraph(String text, StringBuilder target) {
		String lines = text.strip();
		int index = 0;
		while (index < lines.length()) {
			int codePoint = lines.codePointAt(index);
			index += Character.charCount(codePoint);
			if (codePoint == '\r' && index < lines.length() && lines.charAt(index) == '\n') {
				continue;
			}
			append(codePoint, target);
		}
	}

	private static void append(int codePoint, StringBuilder target) {
		if (isLineBreak(codePoint)) {
			target.append('\n').append(INDENT);
		}
		else if (isLessThan(codePoint)) {
			target.append("&lt;");
		}
		else if (isSurrogate(codePoint)) {
			target.append('\ufffd');
		}
		else if (!isInvisible(codePoint)) {
			target.appendCodePoint(codePoint);
		}
	}

	/**
	 * Makes a speaker's name out of a text: one line of letters, digits and a few signs.
	 * @param text the text
	 * @return the name, at most 64 characters, perhaps empty
	 */
	static String name(String text) {
		String head = text.substring(0, Math.min(text.length(), 2 * MAX_NAME_LENGTH));
		String name = NOT_IN_NAMES.matcher(head).replaceAll(" ").strip();
		if (name.length() <= MAX_NAME_LENGTH) {
			return name;
		}
		boolean splitsPair = Character.isHighSurrogate(name.charAt(MAX_NAME_LENGTH - 1));
		return name.substring(0, splitsPair ? MAX_NAME_LENGTH - 1 : MAX_NAME_LENGTH).strip();
	}

	private static boolean isLineBreak(int codePoint) {
		return (codePoint >= '\n' && codePoint <= '\r') || codePoint == 0x85 || codePoint == 0x2028
				|| codePoint == 0x2029;
	}

	/**
	 * Unicode's compatibility forms of the less-than sign and what UTS 39 lists as
	 * confusable with it.
	 */
	private static boolean isLessThan(int codePoint) {
		return switch (codePoint) {
			case '<', 0xff1c, 0xfe64, 0x02c2, 0x1438, 0x16b2, 0x2039, 0x276e, 0x1d236 -> true;
			default -> false;
		};
	}

	private static boolean isSurrogate(int codePoint) {
		return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
	}

	private static boolean isInvisible(int codePoint) {
		return (codePoint != '\t' && Character.isISOControl(codePoint)) || codePoint == 0xad || codePoint == 0x200b
				|| codePoint == 0x2060 || codePoint == 0xfeff || (codePoint >= 0x202a && codePoint <= 0x202e)
				|| (codePoint >= 0x2066 && codePoint <= 0x2069) || (codePoint >= 0xe0000 && codePoint <= 0xe007f);
	}

}
