package io.memoryrouter.gateway.chat.json;

/**
 * Where a value lies in a document.
 *
 * @param start the offset of its first byte
 * @param end the offset after its last byte
 */
public record JsonSpan(int start, int end) {

	/**
	 * The size.
	 * @return the bytes
	 */
	public int length() {
		return this.end - this.start;
	}

}
