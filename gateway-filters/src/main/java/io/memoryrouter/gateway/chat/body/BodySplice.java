package io.memoryrouter.gateway.chat.body;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Applies edits to a body in one pass; every byte that no edit names stays as it is.
 */
public final class BodySplice {

	/** What is put in at an offset goes before what is taken out from there on. */
	private static final Comparator<Edit> ORDER = Comparator.comparingInt(Edit::offset)
		.thenComparing((edit) -> edit.length() > 0);

	private BodySplice() {
	}

	/**
	 * Applies edits without copying the body.
	 * @param body the body as it came; not changed
	 * @param edits the edits, in any order; they do not overlap. Several that put
	 * something in at the same offset do so in the order of the list
	 * @return the new body, in pieces: views of the body and of what is put in
	 * @throws IllegalArgumentException if edits overlap or lie outside the body
	 */
	public static List<ByteBuffer> pieces(byte[] body, List<Edit> edits) {
		List<Edit> sorted = edits.stream().sorted(ORDER).toList();
		check(body.length, sorted);
		List<ByteBuffer> pieces = new ArrayList<>(2 * sorted.size() + 1);
		int from = 0;
		for (Edit edit : sorted) {
			add(body, from, edit.offset(), pieces);
			add(edit.replacement(), 0, edit.replacement().length, pieces);
			from = edit.offset() + edit.length();
		}
		add(body, from, body.length, pieces);
		return pieces;
	}

	private static void add(byte[] source, int start, int end, List<ByteBuffer> pieces) {
		if (end > start) {
			pieces.add(ByteBuffer.wrap(source, start, end - start));
		}
	}

	/**
	 * Applies edits and makes one array of the result.
	 * @param body the body as it came; not changed
	 * @param edits the edits, as for {@link #pieces}
	 * @return the new body, or the very same array if there are no edits
	 * @throws IllegalArgumentException if edits overlap or lie outside the body
	 */
	public static byte[] apply(byte[] body, List<Edit> edits) {
		if (edits.isEmpty()) {
			return body;
		}
		List<ByteBuffer> pieces = pieces(body, edits);
		ByteBuffer result = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
		pieces.forEach(result::put);
		return result.array();
	}

	private static void check(int bodyLength, List<Edit> sorted) {
		int end = 0;
		for (Edit edit : sorted) {
			Assert.isTrue(edit.offset() >= end, "Edits overlap");
			Assert.isTrue(edit.length() >= 0 && edit.length() <= bodyLength - edit.offset(),
					"An edit ends outside the body");
			end = edit.offset() + edit.length();
		}
	}

}
