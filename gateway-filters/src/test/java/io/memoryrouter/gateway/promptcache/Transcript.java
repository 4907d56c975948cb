package io.memoryrouter.gateway.promptcache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bodies that a provider got, one after the other, and how much of each it has seen
 * in the one before: what its prompt cache can save.
 *
 * @param bodies the bodies
 */
record Transcript(List<byte[]> bodies) {

	private static final String MARK = "<recalled-memories>";

	private static final Pattern BLOCK = Pattern.compile("(\\\\n\\\\n)?" + MARK + ".*?</recalled-memories>");

	int size() {
		return this.bodies.size();
	}

	String body(int request) {
		return text(this.bodies.get(request));
	}

	/** What a request shares with the one before, from its beginning. */
	String sharedPrefix(int request) {
		byte[] body = this.bodies.get(request);
		byte[] before = this.bodies.get(request - 1);
		int length = Arrays.mismatch(body, before);
		return text(Arrays.copyOf(body, (length >= 0) ? length : body.length));
	}

	int blocks(int request) {
		return body(request).split(Pattern.quote(MARK), -1).length - 1;
	}

	/** A text without the blocks that are whole in it. */
	static String withoutBlocks(String text) {
		return BLOCK.matcher(text).replaceAll("");
	}

	/** One character for each byte. */
	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
