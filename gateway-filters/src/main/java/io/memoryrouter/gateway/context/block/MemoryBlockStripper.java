package io.memoryrouter.gateway.context.block;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Takes blocks out of a text. A rendered block has no marks inside, so a block ends at
 * the next mark, of whichever kind.
 */
final class MemoryBlockStripper {

	/**
	 * A mark, also as a model may repeat it: in another case, with spaces. The
	 * quantifiers are possessive and bounded, so that no text makes matching slow.
	 */
	private static final Pattern MARK = Pattern.compile("<\\s{0,8}+(/?+)\\s{0,8}+" + MemoryBlock.NAME + "\\s{0,8}+>",
			Pattern.CASE_INSENSITIVE);

	private final String text;

	private final StringBuilder rest = new StringBuilder();

	/** Everything before this index has been kept or taken out. */
	private int position;

	private MemoryBlockStripper(String text) {
		this.text = text;
	}

	static String strip(String text) {
		Matcher marks = MARK.matcher(text);
		return marks.find() ? new MemoryBlockStripper(text).strip(marks) : text;
	}

	private String strip(Matcher marks) {
		boolean more = true;
		while (more) {
			int start = marks.start();
			int content = marks.end();
			boolean opening = isOpening(marks);
			more = marks.find();
			if (opening) {
				int end = end(content, more ? marks : null);
				if (end > 0) {
					takeOut(start, end);
				}
			}
		}
		return (this.position == 0) ? this.text
				: this.rest.append(this.text, this.position, this.text.length()).toString();
	}

	private static boolean isOpening(Matcher marks) {
		return marks.start(1) == marks.end(1);
	}

	/**
	 * Where the block that opens before {@code content} ends.
	 * @param content the index of its first character after the mark
	 * @param next the next mark, or {@code null}
	 * @return the index after its last character, or −1 if it is no block
	 */
	private int end(int content, @Nullable Matcher next) {
		if (next != null && !isOpening(next)) {
			return next.end();
		}
		int end = (next != null) ? next.start() : this.text.length();
		return beginsWithNotice(content, end) ? end : -1;
	}

	private boolean beginsWithNotice(int start, int end) {
		int first = start;
		while (first < end && Character.isWhitespace(this.text.charAt(first))) {
			first++;
		}
		int length = Math.min(end - first, MemoryBlock.NOTICE.length());
		return length > 0 && this.text.regionMatches(true, first, MemoryBlock.NOTICE, 0, length);
	}

	private void takeOut(int start, int end) {
		String separator = MemoryBlock.SEPARATOR;
		int from = start;
		int to = end;
		if (start - separator.length() >= this.position
				&& this.text.startsWith(separator, start - separator.length())) {
			from = start - separator.length();
		}
		else if (start == 0 && this.text.startsWith(separator, end)) {
			to = end + separator.length();
		}
		this.rest.append(this.text, this.position, from);
		this.position = to;
	}

}
