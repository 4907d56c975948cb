package io.memoryrouter.gateway.chat.body;

import java.util.Comparator;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Applies edits to a body in one pass; every byte that no edit names is copied as it is.
 */
public final class BodySplice {

	/** What is put in at an offset goes before what is taken out from there on. */
	private static final Comparator<Edit> ORDER = Comparator.comparingInt(Edit::offset)
		.thenComparing((edit) -> edit.length() > 0);

	private BodySplice() {
	}

	/**
	 * Applies edits.
	 * @param body the body as it came; not changed
	 * @param edits the edits, in any order; they do not overlap. Several that put
	 * something in at the same offset do so in the order of the list
	 * @return the new body, or the very same array if there are no edits
	 * @throws IllegalArgumentException if edits overlap or lie outside the body
	 */
	public static byte[] apply(byte[] body, List<Edit> edits) {
		if (edits.isEmpty()) {
			return body;
		}
		List<Edit> sorted = edits.stream().sorted(ORDER).toList();
		byte[] result = new byte[size(body.length, sorted)];
		int from = 0;
		int to = 0;
		for (Edit edit : sorted) {
			to = copy(body, from, edit.offset(), result, to);
			to = copy(edit.replacement(), 0, edit.replacement().length, result, to);
			from = edit.offset() + edit.length();
		}
		copy(body, from, body.length, result, to);
		return result;
	}

	private static int copy(byte[] source, int start, int end, byte[] target, int offset) {
		System.arraycopy(source, start, target, offset, end - start);
		return offset + end - start;
	}

	private static int size(int bodyLength, List<Edit> sorted) {
		long size = bodyLength;
		int end = 0;
		for (Edit edit : sorted) {
			Assert.isTrue(edit.offset() >= end, "Edits overlap");
			Assert.isTrue(edit.length() >= 0 && edit.length() <= bodyLength - edit.offset(),
					"An edit ends outside the body");
			end = edit.offset() + edit.length();
			size += edit.replacement().length - edit.length();
		}
		return Math.toIntExact(size);
	}

}
