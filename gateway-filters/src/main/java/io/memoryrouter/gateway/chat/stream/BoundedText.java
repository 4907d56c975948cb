package io.memoryrouter.gateway.chat.stream;

/**
 * Text that is gathered up to a limit. Not thread-safe.
 */
public final class BoundedText {

	private final int limit;

	private final StringBuilder text = new StringBuilder();

	private int bytes;

	private boolean truncated;

	/**
	 * Starts empty.
	 * @param limit the greatest size, in bytes of UTF-8
	 */
	public BoundedText(int limit) {
		this.limit = limit;
	}

	/**
	 * Adds text as far as there is room, in whole characters. Once something was left
	 * out, nothing more is added.
	 * @param addition the text
	 */
	public void append(String addition) {
		int index = 0;
		while (index < addition.length() && !this.truncated) {
			int codePoint = addition.codePointAt(index);
			int size = utf8Length(codePoint);
			if (size > this.limit - this.bytes) {
				this.truncated = true;
			}
			else {
				this.text.appendCodePoint(codePoint);
				this.bytes += size;
				index += Character.charCount(codePoint);
			}
		}
	}

	private static int utf8Length(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		if (codePoint < 0x800) {
			return 2;
		}
		return (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) ? 3 : 4;
	}

	/**
	 * Whether something was left out.
	 * @return whether
	 */
	public boolean isTruncated() {
		return this.truncated;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
