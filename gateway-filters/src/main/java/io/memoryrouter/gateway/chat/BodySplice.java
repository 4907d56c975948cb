package io.memoryrouter.gateway.chat;

import java.util.List;

/**
 * Applies edits to a body in one pass; every byte that no edit names is copied as it is.
 */
public final class BodySplice {

	private BodySplice() {
	}

	/**
	 * Applies edits.
	 * @param body the body as it came; not changed
	 * @param edits the edits, in any order; they do not overlap
	 * @return the new body, or the very same array if there are no edits
	 */
	public static byte[] apply(byte[] body, List<Edit> edits) {
		throw new UnsupportedOperationException();
	}

}
